/** BM25F in whole numbers, so that a paper's score does not depend on the part of the index it is in or on the order of addition. */

import { weightOf } from '#search/index/field-frequencies.ts';
import { normToLength } from '#search/index/norm.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import type { ScoredTerm } from '#search/match/search-plan.ts';

const k1 = 1.2;
const b = 0.65;
/** How soon a word's repetition in the query stops counting. */
const k3 = 8;
/** Steps of an impact between 0 and 1, and of an idf of 1: sums over 100 terms stay below 2^32. */
export const impactSteps = 1023;
const idfSteps = 256;

/** What a score of 1.0 is in the whole numbers. */
export const scoreUnit = impactSteps * idfSteps;

/** A prefix weighs like a term in one of 64 papers: its own frequency would cost a walk over all its completions. */
const prefixShare = 64;

/** The whole collection's numbers that scores depend on. */
export type Statistics = { readonly count: number; readonly averageLength: number };

export function statisticsOf(segments: readonly Segment[]): Statistics {
  let count = 0;
  let length = 0;
  for (const segment of segments) {
    count += segment.liveCount;
    length += segment.lengthSum;
  }
  return { count, averageLength: count === 0 ? 1 : Math.max(1, length / count) };
}

export type WeightedTerm = ScoredTerm & { readonly weight: number };

/** The idf over all segments, times what the term's repetition in the query is worth. */
export function weighTerms(scored: readonly ScoredTerm[], segments: readonly Segment[]): WeightedTerm[] {
  const { count } = statisticsOf(segments);
  return scored.map((term) => {
    const repetition = ((k3 + 1) * term.times) / (k3 + term.times);
    return { ...term, weight: Math.round(idfSteps * repetition * idf(count, frequencyOf(term, segments, count))) };
  });
}

function frequencyOf(term: ScoredTerm, segments: readonly Segment[], count: number): number {
  if (term.kind === 'prefix') return count / prefixShare;
  let frequency = 0;
  for (const segment of segments)
    frequency += segment.documentFrequency(segment.postings.terms.find(fieldPrefixes.stem + term.text));
  return frequency;
}

function idf(count: number, frequency: number): number {
  return Math.log(1 + (count - frequency + 0.5) / (frequency + 0.5));
}

let latest: { readonly averageLength: number; readonly table: Uint16Array } | null = null;

/** The table of the last average length asked for is kept: it changes with the store only. */
export function impactsFor(averageLength: number): Uint16Array {
  if (latest?.averageLength !== averageLength) latest = { averageLength, table: impactTable(averageLength) };
  return latest.table;
}

/** Impact by byte of field counts and length code (few bytes are frequent, so what is read of it stays near the processor): `x / (x + k1)`, `x` the weighted occurrences over the length norm. */
function impactTable(averageLength: number): Uint16Array {
  const table = new Uint16Array(256 * 256);
  for (let code = 0; code < 256; code++) {
    const norm = 1 - b + (b * (normToLength[code] as number)) / averageLength;
    for (let byte = 0; byte < 256; byte++) {
      const x = weightOf(byte) / norm;
      table[(byte << 8) | code] = Math.round((impactSteps * x) / (x + k1));
    }
  }
  return table;
}
