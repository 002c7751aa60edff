/** Parses BibTeX in one pass and expands macros. A syntax error skips only its entry. */
import { monthNames } from '#core/text/month-names.ts';

export type BibtexEntry = {
  /** `article`, `misc`, …, in lower case. */
  readonly type: string;
  readonly key: string;
  /** Field names in lower case. Values without outer braces or quotes, TeX unchanged. */
  readonly fields: ReadonlyMap<string, string>;
  /** Line number of its start, from 1. */
  readonly line: number;
};
export type BibtexPart = { readonly entry: BibtexEntry } | { readonly error: string; readonly line: number };

/** A longer value was never closed. The limit keeps the scan linear in files with many broken entries. */
const valueCharsMax = 200_000;
const start = /@\s*([A-Za-z]+)\s*[{(]/g;

class MalformedEntry extends Error {}

/** Yields entries and errors in order. Skips text between entries, which is a comment in BibTeX. */
export function* parseBibtex(text: string): Generator<BibtexPart> {
  const macros = new Map(monthNames.map((name, i) => [name.slice(0, 3).toLowerCase(), String(i + 1)]));
  let at = 0;
  let line = 1;
  for (;;) {
    start.lastIndex = at;
    const found = start.exec(text);
    if (!found) return;
    line += newlines(text.slice(at, found.index));
    at = found.index;
    const type = (found[1] ?? '').toLowerCase();
    const scan = { text, at: start.lastIndex, macros };
    try {
      if (type === 'comment' || type === 'preamble') skipBody(scan);
      else if (type === 'string') for (const [name, value] of readFields(scan)) macros.set(name, value);
      else yield { entry: { type, key: readKey(scan), fields: new Map(readFields(scan)), line } };
    } catch (error) {
      if (!(error instanceof MalformedEntry)) throw error;
      yield { error: error.message, line };
      // Resume at the next line that begins with `@`, which the broken entry may have swallowed.
      const next = text.slice(found.index + 1).search(/^[ \t]*@/m);
      scan.at = next < 0 ? text.length : found.index + 1 + next;
    }
    line += newlines(text.slice(at, scan.at));
    at = scan.at;
  }
}

type Scan = { readonly text: string; at: number; readonly macros: ReadonlyMap<string, string> };

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

function take(scan: Scan, pattern: RegExp): string | null {
  const sticky = new RegExp(pattern, 'y');
  sticky.lastIndex = scan.at;
  const found = sticky.exec(scan.text);
  if (found) scan.at = sticky.lastIndex;
  return found ? found[0] : null;
}

function readKey(scan: Scan): string {
  const key = take(scan, /[^,{}"\n]*,/);
  if (key === null) throw new MalformedEntry('the entry has no key');
  return key.slice(0, -1).trim();
}

function* readFields(scan: Scan): Generator<[string, string]> {
  for (;;) {
    take(scan, /[\s,]+/);
    if (take(scan, /[})]/) !== null) return;
    const name = take(scan, /[^\s={}",]+/)?.toLowerCase();
    if (name === undefined || take(scan, /\s*=\s*/) === null)
      throw new MalformedEntry(name ? `“${name.slice(0, 40)}” has no value` : 'the entry is not closed');
    yield [name, readValue(scan)];
  }
}

/** Concatenates the pieces of a value at `#`: braced, quoted, numbers, macros. */
function readValue(scan: Scan): string {
  let value = '';
  do {
    // Nested macros can expand to any length.
    if (value.length > valueCharsMax) throw new MalformedEntry('a value is longer than 200,000 characters');
    if (take(scan, /\{/) !== null) value += readUntil(scan, '}');
    else if (take(scan, /"/) !== null) value += readUntil(scan, '"');
    else {
      const word = take(scan, /[^\s,#{}"()]+/);
      if (word === null) throw new MalformedEntry('a value is missing');
      value += scan.macros.get(word.toLowerCase()) ?? word;
    }
  } while (take(scan, /\s*#\s*/) !== null);
  return value;
}

/** Reads up to the closing character outside nested braces. A backslash escapes the next character. */
function readUntil(scan: Scan, close: string): string {
  const from = scan.at;
  let depth = 0;
  for (; scan.at < scan.text.length; scan.at++) {
    const character = scan.text[scan.at];
    if (character === '\n' && beginsEntry(scan)) break;
    if (character === '\\') scan.at++;
    else if (depth === 0 && character === close) return scan.text.slice(from, scan.at++);
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    if (depth < 0 || scan.at - from > valueCharsMax) break;
  }
  throw new MalformedEntry('a brace or a quotation mark is not closed');
}

/** If the next line begins an entry, the current one was never closed. */
function beginsEntry({ text, at }: Scan): boolean {
  entryLine.lastIndex = at;
  return entryLine.test(text);
}

const entryLine = /\n[ \t]*@[A-Za-z]{3,20}[ \t]*[{(]/y;

function skipBody(scan: Scan): void {
  readUntil(scan, '}');
}
