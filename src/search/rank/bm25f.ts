/**
 * BM25F (Robertson and Zaragoza, 2009) in integers.
 * Integer sums make a score independent of the segment and of the order of addition.
 */
import { weightedFrequency } from '#search/index/field-frequencies.ts';
import { normToLength } from '#search/index/norm.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import type { ScoredTerm } from '#search/match/search-plan.ts';

const k1 = 1.2;
const b = 0.65;
/** Saturation of a term's frequency in the query. */
const k3 = 8;
/** Steps of an impact between 0 and 1. With `idfSteps` per unit of idf, sums over 100 terms stay below 2^32. */
export const impactSteps = 1023;
const idfSteps = 256;

/** The integer that stands for a score of 1.0. */
export const scoreUnit = impactSteps * idfSteps;

/** A prefix weighs like a term in one of 64 papers. Its true frequency would need the postings of all completions. */
const prefixShare = 64;

/** Collection statistics over all segments. */
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

/** Weight: the idf over all segments, times the saturated frequency in the query. */
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

let cached: { readonly averageLength: number; readonly table: Uint16Array } | null = null;

/** Caches one table, since the average length only changes with the store. */
export function impactsFor(averageLength: number): Uint16Array {
  if (cached?.averageLength !== averageLength) cached = { averageLength, table: impactTable(averageLength) };
  return cached.table;
}

/**
 * Impacts `x / (x + k1)` by field frequencies and norm. `x` is the weighted frequency over the length factor.
 * Few field frequencies are common, so the part in use stays in the CPU cache.
 */
function impactTable(averageLength: number): Uint16Array {
  const table = new Uint16Array(256 * 256);
  for (let norm = 0; norm < 256; norm++) {
    const lengthFactor = 1 - b + (b * (normToLength[norm] as number)) / averageLength;
    for (let frequencies = 0; frequencies < 256; frequencies++) {
      const x = weightedFrequency(frequencies) / lengthFactor;
      table[(frequencies << 8) | norm] = Math.round((impactSteps * x) / (x + k1));
    }
  }
  return table;
}
