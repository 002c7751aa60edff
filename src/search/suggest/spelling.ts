/** Corrections from the store's own vocabulary: two words are near when they agree once each lost at most two letters. */
import { editDistance } from '#core/text/edit-distance.ts';
import { docFrequency } from '#search/index/postings.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { typoCost } from './typo-cost.ts';

/** Edits a correction may be away; one for short words, in which two would change too much. */
const distanceMax = (word: string): number => (word.length < 5 ? 1 : 2);
/** Only the beginnings of words are indexed by their deletions; the rest is compared in full. */
const prefixLength = 7;
/** Words with digits are names of things, which nobody misspells into one another. */
const correctable = /^\p{L}{3,30}$/u;
/** Above this many words those of a single paper are left out: they are mostly typos themselves. */
const wordsMax = 150_000;
const bucketBits = 20;
const wordsPerStep = 2000;

/** How much the frequency of a word counts beside the edits to it. */
const frequencyWeight = 0.5;

type Words = {
  readonly texts: readonly string[];
  /** In how many papers each of them is, as it is written. */
  readonly counts: Uint32Array;
};

export class Spelling {
  readonly #words: Words;
  /** Words by the hash of a deletion: numbers from `#starts[hash]` to `#starts[hash + 1]`. */
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

  /** Reads the vocabulary of an index, in steps. */
  static *build(segments: readonly Segment[]): Generator<void, Spelling> {
    const words = yield* vocabularyOf(segments);
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

  /** How many words it knows. */
  get size(): number {
    return this.#words.texts.length;
  }

  /** Words that a folded word may have been meant as, the likeliest first; `countOf` says how many papers a word finds now. */
  near(word: string, countOf: (word: string) => number): { readonly text: string; readonly count: number }[] {
    if (!correctable.test(word)) return [];
    const most = distanceMax(word);
    const candidates = new Set<number>();
    for (const hash of deletionHashes(word)) {
      for (let i = this.#starts[hash] as number; i < (this.#starts[hash + 1] as number); i++)
        candidates.add(this.#numbers[i] as number);
    }
    return [...candidates]
      .map((number) => ({ number, text: this.#words.texts[number] as string }))
      .filter(({ text }) => editDistance(word, text, most) <= most)
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

function* vocabularyOf(segments: readonly Segment[]): Generator<void, Words> {
  const counts = new Map<string, number>();
  for (const { postings } of segments) {
    const { from, to } = postings.terms.range(fieldPrefixes.word);
    for (let term = from; term < to; term++) {
      const word = postings.terms.text(term);
      if (correctable.test(word)) counts.set(word, (counts.get(word) ?? 0) + docFrequency(postings, term));
      if (term % wordsPerStep === 0) yield;
    }
  }
  const words = [...counts];
  const kept = words.length > wordsMax ? words.filter(([, count]) => count > 1) : words;
  return { texts: kept.map(([text]) => text), counts: Uint32Array.from(kept, ([, count]) => count) };
}

/** Hashes of the word's beginning with up to two letters left out, each once. */
function deletionHashes(word: string): Set<number> {
  const whole = word.slice(0, prefixLength);
  const hashes = new Set([hashOf(whole)]);
  const most = distanceMax(word);
  for (let i = 0; i < whole.length; i++) {
    const one = whole.slice(0, i) + whole.slice(i + 1);
    hashes.add(hashOf(one));
    if (most > 1) for (let j = i; j < one.length; j++) hashes.add(hashOf(one.slice(0, j) + one.slice(j + 1)));
  }
  return hashes;
}

/** FNV-1a over the characters, folded to the number of buckets. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return ((hash >>> bucketBits) ^ hash) & ((1 << bucketBits) - 1);
}
