/**
 * Latent semantic analysis: terms that stand in the same papers get vectors that point the same way. The space is that of the
 * leading singular vectors of the papers' tf · idf; any basis of it serves, since only angles between papers are asked for.
 */
import { stopStems } from '#core/text/terms.ts';
import { DocSet } from '#search/index/doc-set.ts';
import { docFrequency } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { orthonormalize } from './orthonormalize.ts';

/** More would find little more, and take more memory of every paper. */
export const dimensions = 64;
/** Fewer papers say too little about which terms go together. */
const papersMin = 500;
/** Papers that are learned from: more would not change the space much. */
const sampleMax = 20_000;
const termsMax = 30_000;
const frequencyMin = 3;
/** A term in more of the papers than this says nothing of what they are about. */
const shareMax = 0.25;
const iterations = 4;
/** Postings read between two looks at the messages: a millisecond or two of work. */
export const postingsPerStep = 8192;

export type TermSpace = {
  /** Stems, each with a row of the vectors; a row is the term's direction times its idf. */
  readonly terms: readonly string[];
  readonly vectors: Float32Array;
};

/** The sample's papers by terms: `docs` and `values` of a term from `starts[term]` to `starts[term + 1]`. */
type Matrix = {
  readonly starts: Uint32Array;
  readonly docs: Uint32Array;
  readonly values: Float32Array;
  readonly rows: number;
};

/** How often a term counts in a paper: the title is said twice, and each repetition tells less. */
export function occurrences(fields: number): number {
  return 1 + Math.log(Math.max(1, 2 * (fields >>> 6) + ((fields >>> 2) & 15)));
}

/** Learns the space from the largest part of the index, in steps; null when there are too few papers. */
export function* learnTermSpace(segments: readonly Segment[]): Generator<void, TermSpace | null> {
  const largest = segments.reduce<Segment | null>((best, one) => (best && best.size >= one.size ? best : one), null);
  if (!largest || largest.size < papersMin) return null;
  const every = Math.ceil(largest.size / sampleMax);
  const { terms, numbers } = yield* pickTerms(largest, every);
  const idfs = Float32Array.from(numbers, (term) => Math.log(largest.size / docFrequency(largest.postings, term)));
  const matrix = yield* sampleMatrix(largest, { numbers, idfs, every });
  let basis = firstBasis(terms.length);
  for (let i = 0; i < iterations; i++) {
    basis = yield* backToTerms(matrix, yield* toPapers(matrix, basis));
    yield* orthonormalize(basis, dimensions);
  }
  for (const [i, idf] of idfs.entries())
    for (let k = 0; k < dimensions; k++) (basis[i * dimensions + k] as number) *= idf;
  return { terms, vectors: basis };
}

/** The most frequent stems that are neither rare nor everywhere, with their numbers in the vocabulary. */
function* pickTerms(
  { postings, size }: Segment,
  every: number,
): Generator<void, { terms: string[]; numbers: number[] }> {
  const picked: { readonly term: number; readonly frequency: number }[] = [];
  const { from, to } = postings.terms.range(fieldPrefixes.stem);
  for (let term = from; term < to; term++) {
    const frequency = docFrequency(postings, term);
    if (frequency >= frequencyMin * every && frequency <= shareMax * size) picked.push({ term, frequency });
    if (term % postingsPerStep === 0) yield;
  }
  const telling = picked
    .map((one) => ({ ...one, text: postings.terms.text(one.term) }))
    .filter(({ text }) => text.length > 1 && !stopStems.has(text))
    .sort((a, b) => b.frequency - a.frequency || a.term - b.term)
    .slice(0, termsMax);
  return { terms: telling.map(({ text }) => text), numbers: telling.map(({ term }) => term) };
}

type Sampling = { readonly numbers: readonly number[]; readonly idfs: Float32Array; readonly every: number };

/** Every row is a paper's tf · idf, of length 1. */
function* sampleMatrix(segment: Segment, { numbers, idfs, every }: Sampling): Generator<void, Matrix> {
  const sample = new DocSet(segment.size);
  for (let doc = 0; doc < segment.size; doc += every) sample.add(doc);
  const starts = new Uint32Array(numbers.length + 1);
  const [docs, values]: [number[], number[]] = [[], []];
  const squares = new Float64Array(Math.ceil(segment.size / every));
  let read = 0;
  for (const [i, term] of numbers.entries()) {
    const blocks = new PostingsIterator(segment.postings, term);
    while (blocks.next(sample)) {
      for (let at = 0; at < blocks.count; at++) {
        const doc = blocks.docs[at] as number;
        if (doc % every !== 0) continue;
        const value =
          (idfs[i] as number) * occurrences(segment.postings.fields[blocks.start + blocks.first + at] as number);
        docs.push(doc / every);
        values.push(value);
        (squares[doc / every] as number) += value * value;
      }
    }
    starts[i + 1] = docs.length;
    read += docFrequency(segment.postings, term);
    if (read < postingsPerStep) continue;
    read = 0;
    yield;
  }
  const matrix = {
    starts,
    docs: new Uint32Array(docs.length),
    values: new Float32Array(docs.length),
    rows: squares.length,
  };
  for (let at = 0; at < docs.length; at++) {
    const doc = docs[at] as number;
    matrix.docs[at] = doc;
    matrix.values[at] = (values[at] as number) / Math.sqrt(squares[doc] as number);
    if (at % (8 * postingsPerStep) === 0) yield;
  }
  return matrix;
}

/** The same for the same number of terms, so that two processes learn the same space. */
function firstBasis(terms: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: terms * dimensions }, () => {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    return (state >>> 8) / 2 ** 23 - 1;
  });
}

function* toPapers({ starts, docs, values, rows }: Matrix, basis: Float32Array): Generator<void, Float32Array> {
  const papers = new Float32Array(rows * dimensions);
  for (let term = 0, done = 0; term + 1 < starts.length; term++) {
    const from = term * dimensions;
    for (let at = starts[term] as number; at < (starts[term + 1] as number); at++) {
      const [to, value] = [(docs[at] as number) * dimensions, values[at] as number];
      for (let k = 0; k < dimensions; k++) (papers[to + k] as number) += value * (basis[from + k] as number);
      if (++done % postingsPerStep === 0) yield;
    }
  }
  return papers;
}

function* backToTerms({ starts, docs, values }: Matrix, papers: Float32Array): Generator<void, Float32Array> {
  const basis = new Float32Array((starts.length - 1) * dimensions);
  for (let term = 0, done = 0; term + 1 < starts.length; term++) {
    const to = term * dimensions;
    for (let at = starts[term] as number; at < (starts[term + 1] as number); at++) {
      const [from, value] = [(docs[at] as number) * dimensions, values[at] as number];
      for (let k = 0; k < dimensions; k++) (basis[to + k] as number) += value * (papers[from + k] as number);
      if (++done % postingsPerStep === 0) yield;
    }
  }
  return basis;
}
