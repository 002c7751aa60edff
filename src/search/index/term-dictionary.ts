/** The term dictionary of a segment: sorted UTF-8 terms in one byte array. A term's ordinal is its index. */
import { foldText } from '#core/text/terms.ts';
import type { IndexedField } from './field-frequencies.ts';

/**
 * Field prefixes: the first character of a term. Stems come first and have positions and field frequencies. Words have
 * field frequencies only. Keyword terms come last and have neither (`Postings`).
 */
export const fieldPrefixes = {
  /** A stem of title, abstract, authors or tags. */
  stem: 'A',
  organizationStem: 'B',
  /** A word of the same fields, folded but not stemmed: for prefix search, completion and spelling. */
  word: 'M',
  organizationWord: 'O',
  /** Edge n-gram: the first one or two letters of a word in a field. A search would have to merge too many words. */
  edgeNgram: 'b',
  tag: 't',
  category: 'c',
  authorName: 'n',
  id: 'i',
} as const;
export type FieldPrefix = (typeof fieldPrefixes)[keyof typeof fieldPrefixes];

/** Separates the parts of a term: the folded and the written form of a name, or the letters and the field. */
export const nameSeparator = '\u0000';

/** Returns what the terms of a name start with, in all its spellings, after the field prefix. */
export function authorName(name: string): string {
  return foldText(name) + nameSeparator;
}

/** Returns the term of an edge n-gram in a field, without the field prefix. */
export function edgeNgramTerm(letters: string, field: IndexedField): string {
  return `${letters}${nameSeparator}${field}`;
}

/** Letters. A longer prefix is a range of words. */
export const edgeNgramLengthMax = 2;

export class TermDictionary {
  readonly bytes: Uint8Array;
  /** Start of each term in `bytes`, then the end of the last. */
  readonly starts: Uint32Array;

  constructor(bytes: Uint8Array, starts: Uint32Array) {
    this.bytes = bytes;
    this.starts = starts;
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** Returns the ordinal of a term, or -1. */
  find(term: string): number {
    const bytes = Buffer.from(term);
    const ordinal = this.#lowerBound(bytes);
    return ordinal < this.size && this.#compare(ordinal, bytes) === 0 ? ordinal : -1;
  }

  /** Returns the ordinals `[from, to)` of the terms that start with `prefix`. */
  range(prefix: string): { readonly from: number; readonly to: number } {
    const start = Buffer.from(prefix);
    const end = Buffer.from(start);
    // No UTF-8 byte is 0xff, so the last byte can be incremented.
    if (end.length > 0) end[end.length - 1] = (end[end.length - 1] as number) + 1;
    return { from: this.#lowerBound(start), to: end.length > 0 ? this.#lowerBound(end) : this.size };
  }

  /** Returns the ordinal of the term that contains the byte at this index of `bytes`. */
  ordinalAt(byteIndex: number): number {
    let low = 0;
    let high = this.size;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= byteIndex) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Returns the term with its field prefix. */
  term(ordinal: number): string {
    return Buffer.from(
      this.bytes.buffer,
      this.bytes.byteOffset + (this.starts[ordinal] as number),
      this.#length(ordinal),
    ).toString();
  }

  /** Returns the term without its field prefix. */
  text(ordinal: number): string {
    return this.term(ordinal).slice(1);
  }

  /** Compares a term with one of another dictionary: negative, 0 or positive. */
  compareWith(ordinal: number, other: TermDictionary, otherOrdinal: number): number {
    const [start, otherStart] = [this.starts[ordinal] as number, other.starts[otherOrdinal] as number];
    const [length, otherLength] = [this.#length(ordinal), other.#length(otherOrdinal)];
    const shorter = Math.min(length, otherLength);
    for (let i = 0; i < shorter; i++) {
      const difference = (this.bytes[start + i] as number) - (other.bytes[otherStart + i] as number);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }

  bytesOf(ordinal: number): Uint8Array {
    return this.bytes.subarray(this.starts[ordinal], this.starts[ordinal + 1]);
  }

  #length(ordinal: number): number {
    return (this.starts[ordinal + 1] as number) - (this.starts[ordinal] as number);
  }

  /** Returns the first ordinal whose term is not less than `term`. */
  #lowerBound(term: Uint8Array): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, term) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(ordinal: number, term: Uint8Array): number {
    const start = this.starts[ordinal] as number;
    const length = this.#length(ordinal);
    const shorter = Math.min(length, term.length);
    for (let i = 0; i < shorter; i++) {
      const difference = (this.bytes[start + i] as number) - (term[i] as number);
      if (difference !== 0) return difference;
    }
    return length - term.length;
  }
}
