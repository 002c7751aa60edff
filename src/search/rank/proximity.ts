/** Raises the rank of papers in which adjacent words of the query are close together. */
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { impactSteps, type WeightedTerm } from './bm25f.ts';
import type { Ranked } from './run-search.ts';

/** In positions. Terms further apart add nothing. */
const distanceMax = 8;

/** Largest bonus of a pair, as a share of the smaller weight of its terms. */
const pairShare = 0.5;
/** Saturation of repeated proximity. */
const saturation = 1.2;

const noPositions = new Uint32Array(0);

type TermPositions = {
  readonly weight: number;
  readonly iterator: PostingsIterator | null;
  positions: Uint32Array;
  count: number;
};

/** Returns the papers with the proximity bonus added to their rank, in no particular order. */
export function addProximity(ranked: readonly Ranked[], weightedTerms: readonly WeightedTerm[]): Ranked[] {
  const stems = weightedTerms.filter((term) => term.kind === 'stem');
  const bySegment = Map.groupBy(ranked, ({ result }) => result.segment);
  return [...bySegment].flatMap(([segment, own]) => {
    const terms = stems.map((term) => toTermPositions(segment, term));
    return [...own]
      .sort((a, b) => a.doc - b.doc)
      .map((each) => ({ ...each, rank: each.rank + bonus(terms, each.doc) }));
  });
}

function toTermPositions(segment: Segment, { text, weight }: WeightedTerm): TermPositions {
  const ordinal = segment.postings.terms.find(fieldPrefixes.stem + text);
  const iterator = ordinal < 0 ? null : new PostingsIterator(segment.postings, ordinal);
  return { weight, iterator, positions: noPositions, count: 0 };
}

function bonus(terms: readonly TermPositions[], doc: number): number {
  for (const each of terms) {
    each.count = each.iterator?.seek(doc) ? each.iterator.readPositions() : 0;
    each.positions = each.iterator?.positions ?? noPositions;
  }
  let total = 0;
  for (let i = 1; i < terms.length; i++) {
    const [a, b] = [terms[i - 1] as TermPositions, terms[i] as TermPositions];
    const closeness = a.count > 0 && b.count > 0 ? closenessOf(a, b) : 0;
    if (closeness > 0)
      total += Math.min(a.weight, b.weight) * impactSteps * pairShare * (closeness / (closeness + saturation));
  }
  return Math.round(total);
}

/**
 * Sums 1 / distance from each position of `a` to the nearest position of `b`.
 * The distance is 1 when `a` stands directly before `b`. The reversed order adds 1.
 */
function closenessOf(a: TermPositions, b: TermPositions): number {
  let total = 0;
  let next = 0;
  for (let i = 0; i < a.count; i++) {
    const position = a.positions[i] as number;
    while (next < b.count && (b.positions[next] as number) < position) next++;
    const after = next < b.count ? (b.positions[next] as number) - position : distanceMax + 1;
    const before = next > 0 ? position - (b.positions[next - 1] as number) + 1 : distanceMax + 1;
    const distance = Math.min(after, before);
    if (distance <= distanceMax) total += 1 / distance;
  }
  return total;
}
