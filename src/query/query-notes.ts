/** Collects what the reader of the search box did not understand, as notes with the place they are about. */
import type { QueryProblem } from './paper-query.ts';

export type Span = { readonly start: number; readonly end: number };

const shownCharsMax = 40;

/** A piece of the reader's text inside a sentence. */
export function quoted(text: string): string {
  const characters = Array.from(text.slice(0, 2 * shownCharsMax));
  return `“${characters.length > shownCharsMax ? `${characters.slice(0, shownCharsMax).join('')}…` : text}”`;
}

export class QueryNotes {
  readonly #notes: QueryProblem[] = [];
  readonly #leftOut = new Map<string, string[]>();
  readonly #line: string;
  readonly #hasPlaces: boolean;

  /** Places in numbers are left away when cleaning moved the characters. */
  constructor(line: string, hasPlaces: boolean) {
    this.#line = line;
    this.#hasPlaces = hasPlaces;
  }

  /** The place in words: who reads a page counts no characters. */
  textAt({ start, end }: Span): string {
    return quoted(this.#line.slice(start, end).trim());
  }

  /** The place with the word before it and the word behind it. */
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
      ...(span && this.#hasPlaces ? { start: span.start, end: span.end } : {}),
    });
  }

  /** Words left out for the same reason are told in one sentence. */
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
