/**
 * Corrects words from the index's term dictionary, by symmetric deletion (SymSpell).
 * Two words can be similar only if they are equal after deleting at most two letters from each.
 */
import { editDistance } from '#core/text/edit-distance.ts';
import { docFrequency } from '#search/index/postings.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { typoCost } from './typo-cost.ts';

/** Maximum edit distance of a correction. Two edits change too much of a short word. */
const distanceMax = (word: string): number => (word.length < 5 ? 1 : 2);
/** Only this many first letters are indexed. The edit distance compares whole words. */
const prefixLength = 7;
/** Words with digits are mostly names, and a similar name is a different thing. */
const correctable = /^\p{L}{3,30}$/u;
/** A larger dictionary leaves out the words of a single paper, which are mostly typos. */
const wordsMax = 150_000;
const bucketBits = 20;
const wordsPerStep = 2000;

/** Weight of the logarithm of the frequency against the typo cost. */
const frequencyWeight = 0.5;

type Words = {
  readonly texts: readonly string[];
  /** Document frequency of each word, unstemmed. */
  readonly counts: Uint32Array;
};

export class Spelling {
  readonly #words: Words;
  /** Words by the hash of a deletion: `#numbers` from `#starts[hash]` to `#starts[hash + 1]`. */
  readonly #starts: Uint32Array;
  readonly #numbers: Uint32Array;

  private constructor({
    words,
    starts,
    numbers,
  }: { readonly words: Words; readonly starts: Uint32Array; readonly numbers: Uint32Array }) {
    this.#words = words;
    this.#starts = starts;
    this.#numbers = numbers;
  }

  /** Reads the term dictionaries of the segments, in steps. */
  static *build(segments: readonly Segment[]): Generator<void, Spelling> {
    const words = yield* readWords(segments);
    const starts = new Uint32Array((1 << bucketBits) + 1);
    for (const [i, word] of words.texts.entries()) {
      for (const hash of deletionHashes(word)) (starts[hash + 1] as number)++;
      if (i % wordsPerStep === 0) yield;
    }
    for (let hash = 0; hash < 1 << bucketBits; hash++) (starts[hash + 1] as number) += starts[hash] as number;
    const numbers = new Uint32Array(starts[1 << bucketBits] as number);
    const next = starts.slice();
    for (const [i, word] of words.texts.entries()) {
      for (const hash of deletionHashes(word)) numbers[(next[hash] as number)++] = i;
      if (i % wordsPerStep === 0) yield;
    }
    return new Spelling({ words, starts, numbers });
  }

  /** Number of words. */
  get size(): number {
    return this.#words.texts.length;
  }

  /** Returns corrections of a folded word, the likeliest first. `countOf`: number of papers that a word finds now. */
  near(word: string, countOf: (word: string) => number): { readonly text: string; readonly count: number }[] {
    if (!correctable.test(word)) return [];
    const editsMax = distanceMax(word);
    const candidates = new Set<number>();
    for (const hash of deletionHashes(word)) {
      for (let i = this.#starts[hash] as number; i < (this.#starts[hash + 1] as number); i++)
        candidates.add(this.#numbers[i] as number);
    }
    return [...candidates]
      .map((number) => ({ number, text: this.#words.texts[number] as string }))
      .filter(({ text }) => editDistance(word, text, editsMax) <= editsMax)
      .map(({ number, text }) => ({ text, count: countOf(text), likelihood: this.#likelihood(number, word) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.likelihood - a.likelihood || (a.text < b.text ? -1 : 1))
      .map(({ text, count }) => ({ text, count }));
  }

  #likelihood(number: number, typed: string): number {
    return (
      frequencyWeight * Math.log(this.#words.counts[number] as number) -
      typoCost(this.#words.texts[number] as string, typed)
    );
  }
}

function* readWords(segments: readonly Segment[]): Generator<void, Words> {
  const counts = new Map<string, number>();
  for (const { postings } of segments) {
    const { from, to } = postings.terms.range(fieldPrefixes.word);
    for (let ordinal = from; ordinal < to; ordinal++) {
      const word = postings.terms.text(ordinal);
      if (correctable.test(word)) counts.set(word, (counts.get(word) ?? 0) + docFrequency(postings, ordinal));
      if (ordinal % wordsPerStep === 0) yield;
    }
  }
  const words = [...counts];
  const included = words.length > wordsMax ? words.filter(([, count]) => count > 1) : words;
  return { texts: included.map(([text]) => text), counts: Uint32Array.from(included, ([, count]) => count) };
}

/** Hashes of the word's first letters with up to two of them deleted. */
function deletionHashes(word: string): Set<number> {
  const start = word.slice(0, prefixLength);
  const hashes = new Set([hashOf(start)]);
  const editsMax = distanceMax(word);
  for (let i = 0; i < start.length; i++) {
    const shorter = start.slice(0, i) + start.slice(i + 1);
    hashes.add(hashOf(shorter));
    if (editsMax > 1)
      for (let j = i; j < shorter.length; j++) hashes.add(hashOf(shorter.slice(0, j) + shorter.slice(j + 1)));
  }
  return hashes;
}

/** FNV-1a over UTF-16 code units, XOR-folded to the number of buckets. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return ((hash >>> bucketBits) ^ hash) & ((1 << bucketBits) - 1);
}
