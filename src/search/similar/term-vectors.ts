/**
 * Latent semantic analysis (Deerwester et al., 1990): terms that occur in the same papers get similar vectors.
 * The space is spanned by the leading singular vectors of the papers' tf · idf matrix.
 * Any orthonormal basis of it will do, since only angles between papers matter.
 */
import { stopStems } from '#core/text/terms.ts';
import { DocSet } from '#search/index/doc-set.ts';
import { docFrequency } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { orthonormalize } from './orthonormalize.ts';

/** More dimensions hardly improve the results and cost a byte each per paper. */
export const dimensions = 64;
/** With fewer papers, co-occurrence of terms is too noisy. */
const papersMin = 500;
/** Papers to learn from. More would hardly change the space. */
const sampleMax = 20_000;
const termsMax = 30_000;
const frequencyMin = 3;
/** Terms in a larger share of the papers do not indicate their subject. */
const shareMax = 0.25;
const iterations = 4;
/** Postings read between two pauses for messages: one or two milliseconds of work. */
export const postingsPerStep = 8192;

export type TermSpace = {
  /** Stems. Each has a row in `vectors`: its unit direction in the space times its idf. */
  readonly terms: readonly string[];
  readonly vectors: Float32Array;
};

/** Sparse matrix of papers by terms: a term's `docs` and `values` are at `starts[term]` to `starts[term + 1]`. */
type Matrix = {
  readonly starts: Uint32Array;
  readonly docs: Uint32Array;
  readonly values: Float32Array;
  readonly rows: number;
};

/** Term frequency, 1 + ln(count). Occurrences in the title count twice. */
export function occurrences(fields: number): number {
  return 1 + Math.log(Math.max(1, 2 * (fields >>> 6) + ((fields >>> 2) & 15)));
}

/** Learns the space from the largest segment, in steps. Returns null if it has too few papers. */
export function* learnTermSpace(segments: readonly Segment[]): Generator<void, TermSpace | null> {
  const largest = segments.reduce<Segment | null>((best, each) => (best && best.size >= each.size ? best : each), null);
  if (!largest || largest.size < papersMin) return null;
  const every = Math.ceil(largest.size / sampleMax);
  const { terms, ordinals } = yield* pickTerms(largest, every);
  const idfs = Float32Array.from(ordinals, (ordinal) =>
    Math.log(largest.size / docFrequency(largest.postings, ordinal)),
  );
  const matrix = yield* sampleMatrix(largest, { ordinals, idfs, every });
  let basis = firstBasis(terms.length);
  for (let i = 0; i < iterations; i++) {
    basis = yield* backToTerms(matrix, yield* toPapers(matrix, basis));
    yield* orthonormalize(basis, dimensions);
  }
  for (const [i, idf] of idfs.entries())
    for (let k = 0; k < dimensions; k++) (basis[i * dimensions + k] as number) *= idf;
  return { terms, vectors: basis };
}

/** Returns the most frequent stems within the limits above, with their ordinals. */
function* pickTerms(
  { postings, size }: Segment,
  every: number,
): Generator<void, { terms: string[]; ordinals: number[] }> {
  const candidates: { readonly ordinal: number; readonly frequency: number }[] = [];
  const { from, to } = postings.terms.range(fieldPrefixes.stem);
  for (let ordinal = from; ordinal < to; ordinal++) {
    const frequency = docFrequency(postings, ordinal);
    if (frequency >= frequencyMin * every && frequency <= shareMax * size) candidates.push({ ordinal, frequency });
    if (ordinal % postingsPerStep === 0) yield;
  }
  const selected = candidates
    .map((each) => ({ ...each, text: postings.terms.text(each.ordinal) }))
    .filter(({ text }) => text.length > 1 && !stopStems.has(text))
    .sort((a, b) => b.frequency - a.frequency || a.ordinal - b.ordinal)
    .slice(0, termsMax);
  return { terms: selected.map(({ text }) => text), ordinals: selected.map(({ ordinal }) => ordinal) };
}

type Sampling = { readonly ordinals: readonly number[]; readonly idfs: Float32Array; readonly every: number };

/** Builds the matrix of the sampled papers' tf · idf. Each row is scaled to length 1. */
function* sampleMatrix(segment: Segment, { ordinals, idfs, every }: Sampling): Generator<void, Matrix> {
  const sample = new DocSet(segment.size);
  for (let doc = 0; doc < segment.size; doc += every) sample.add(doc);
  const starts = new Uint32Array(ordinals.length + 1);
  const [docs, values]: [number[], number[]] = [[], []];
  const squares = new Float64Array(Math.ceil(segment.size / every));
  let postingsRead = 0;
  for (const [i, ordinal] of ordinals.entries()) {
    const iterator = new PostingsIterator(segment.postings, ordinal);
    while (iterator.nextBlock(sample)) {
      for (let at = 0; at < iterator.count; at++) {
        const doc = iterator.docs[at] as number;
        if (doc % every !== 0) continue;
        const value =
          (idfs[i] as number) *
          occurrences(segment.postings.fieldFrequencies[iterator.postingsStart + iterator.first + at] as number);
        docs.push(doc / every);
        values.push(value);
        (squares[doc / every] as number) += value * value;
      }
    }
    starts[i + 1] = docs.length;
    postingsRead += docFrequency(segment.postings, ordinal);
    if (postingsRead < postingsPerStep) continue;
    postingsRead = 0;
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

/** Pseudorandom, but equal for an equal number of terms, so that every process learns the same space. */
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
