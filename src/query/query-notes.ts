/** Collects notes on the parts of the search text that the parser could not use. */
import type { QueryProblem } from './paper-query.ts';

export type Span = { readonly start: number; readonly end: number };

const shownCharsMax = 40;

/** Quotes user input inside a message and shortens it to 40 characters. */
export function quoted(text: string): string {
  const characters = Array.from(text.slice(0, 2 * shownCharsMax));
  return `“${characters.length > shownCharsMax ? `${characters.slice(0, shownCharsMax).join('')}…` : text}”`;
}

export class QueryNotes {
  readonly #notes: QueryProblem[] = [];
  readonly #leftOut = new Map<string, string[]>();
  readonly #line: string;
  readonly #hasOffsets: boolean;

  /** `hasOffsets` is false if cleaning moved characters; notes then have no `start` and `end`. */
  constructor(line: string, hasOffsets: boolean) {
    this.#line = line;
    this.#hasOffsets = hasOffsets;
  }

  /** Quotes the text of the span. */
  textAt({ start, end }: Span): string {
    return quoted(this.#line.slice(start, end).trim());
  }

  /** Quotes the span with the words before and after it. */
  textAround({ start, end }: Span): string {
    const from = this.#line.lastIndexOf(' ', Math.max(0, start - 2)) + 1;
    const to = this.#line.indexOf(' ', end + 1);
    return this.textAt({ start: from, end: to < 0 ? this.#line.length : to });
  }

  add(message: string, span?: Span): void {
    this.#notes.push({
      level: 'note',
      parameter: 'q',
      message,
      ...(span && this.#hasOffsets ? { start: span.start, end: span.end } : {}),
    });
  }

  /** Words with the same reason share one note. */
  leaveOut(reason: string, word: string): void {
    const words = this.#leftOut.get(reason) ?? [];
    if (!words.includes(word)) words.push(word);
    this.#leftOut.set(reason, words);
  }

  list(): QueryProblem[] {
    const leftOut = [...this.#leftOut].map(([reason, words]): QueryProblem => {
      return {
        level: 'note',
        parameter: 'q',
        message: `Left out, because ${reason}: ${words.map(quoted).join(', ')}.`,
      };
    });
    return [...this.#notes, ...leftOut];
  }
}
