/** The sorted keys of an index as one run of UTF-8 bytes: found by bisection, loaded in a moment, nothing on the heap. */
import { foldText } from '#core/text/terms.ts';
import type { IndexedField } from './field-frequencies.ts';

/**
 * What a key is of; its first character. Their order is that of what their lists have: stems, which have positions, then words, which have
 * field counts as stems do, then facts, which a paper has or has not. So the arrays of positions and of counts end where their kinds do.
 */
export const fieldPrefixes = {
  /** A stemmed term of title, abstract, authors or tags. */
  stem: 'A',
  organizationStem: 'B',
  /** A folded, unstemmed word of the same: prefixes, completion, spelling. */
  word: 'M',
  organizationWord: 'O',
  /** The first one or two letters of words in a field: with that few letters there are too many words to join when asked. */
  edgeNgram: 'b',
  tag: 't',
  category: 'c',
  authorName: 'n',
  id: 'i',
} as const;
export type FieldPrefix = (typeof fieldPrefixes)[keyof typeof fieldPrefixes];

/** Stands between the folded and the written form of a name in its key. */
export const nameSeparator = '\u0000';

/** What a name's keys begin with, in all its spellings. */
export function authorName(name: string): string {
  return foldText(name) + nameSeparator;
}

/** What the lists of a beginning are under, one for each field in which words have it. */
export function edgeNgramTerm(letters: string, field: IndexedField): string {
  return `${letters}${nameSeparator}${field}`;
}

/** Prefixes up to this many letters have lists of their own. */
export const edgeNgramLengthMax = 2;

export class TermDictionary {
  readonly bytes: Uint8Array;
  /** Where each key begins, and one more for the end. */
  readonly starts: Uint32Array;

  constructor(bytes: Uint8Array, starts: Uint32Array) {
    this.bytes = bytes;
    this.starts = starts;
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** The number of a key, or -1. */
  find(termAt: string): number {
    const wanted = Buffer.from(termAt);
    const at = this.#lowerBound(wanted);
    return at < this.size && this.#compare(at, wanted) === 0 ? at : -1;
  }

  /** The half-open range of keys that begin with `prefix`. */
  range(prefix: string): { readonly from: number; readonly to: number } {
    const wanted = Buffer.from(prefix);
    const past = Buffer.from(wanted);
    // No UTF-8 byte is 0xff, so the last byte can always be raised.
    if (past.length > 0) past[past.length - 1] = (past[past.length - 1] as number) + 1;
    return { from: this.#lowerBound(wanted), to: past.length > 0 ? this.#lowerBound(past) : this.size };
  }

  /** The number of the key that a byte belongs to. */
  at(byte: number): number {
    let low = 0;
    let high = this.size;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= byte) low = middle;
      else high = middle;
    }
    return low;
  }

  key(at: number): string {
    return Buffer.from(
      this.bytes.buffer,
      this.bytes.byteOffset + (this.starts[at] as number),
      this.#length(at),
    ).toString();
  }

  /** The key without the character of its kind. */
  text(at: number): string {
    return this.key(at).slice(1);
  }

  /** The order of a key and one of another vocabulary. */
  compareWith(at: number, other: TermDictionary, otherAt: number): number {
    const [start, otherStart] = [this.starts[at] as number, other.starts[otherAt] as number];
    const [length, otherLength] = [this.#length(at), other.#length(otherAt)];
    const shorter = Math.min(length, otherLength);
    for (let i = 0; i < shorter; i++) {
      const difference = (this.bytes[start + i] as number) - (other.bytes[otherStart + i] as number);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }

  bytesOf(at: number): Uint8Array {
    return this.bytes.subarray(this.starts[at], this.starts[at + 1]);
  }

  #length(at: number): number {
    return (this.starts[at + 1] as number) - (this.starts[at] as number);
  }

  #lowerBound(wanted: Uint8Array): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(at: number, wanted: Uint8Array): number {
    const start = this.starts[at] as number;
    const length = this.#length(at);
    const shorter = Math.min(length, wanted.length);
    for (let i = 0; i < shorter; i++) {
      const difference = (this.bytes[start + i] as number) - (wanted[i] as number);
      if (difference !== 0) return difference;
    }
    return length - wanted.length;
  }
}
