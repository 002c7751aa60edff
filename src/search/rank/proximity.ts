/** Lifts the papers in which words that follow each other in the query stand together too. */

import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { impactSteps, type WeightedTerm } from './bm25f.ts';
import type { Ranked } from './run-search.ts';

/** Words further apart than this do not count as standing together. */
const reach = 8;

/** What a pair that stands together all over adds, as a share of its rarer word's weight. */
const pairShare = 0.5;
/** How soon more places together stop counting. */
const saturation = 1.2;

const none = new Uint32Array(0);

type Placed = {
  readonly weight: number;
  readonly list: PostingsIterator | null;
  positions: Uint32Array;
  count: number;
};

/** The same papers with what proximity adds to their rank. */
export function addProximity(ranked: readonly Ranked[], terms: readonly WeightedTerm[]): Ranked[] {
  const stems = terms.filter((term) => term.kind === 'stem');
  const bySegment = Map.groupBy(ranked, ({ share }) => share.segment);
  return [...bySegment].flatMap(([segment, own]) => {
    const placed = stems.map((term) => toPlaced(segment, term));
    return [...own]
      .sort((a, b) => a.doc - b.doc)
      .map((each) => ({ ...each, rank: each.rank + bonus(placed, each.doc) }));
  });
}

function toPlaced(segment: Segment, { text, weight }: WeightedTerm): Placed {
  const term = segment.postings.terms.find(fieldPrefixes.stem + text);
  return { weight, list: term < 0 ? null : new PostingsIterator(segment.postings, term), positions: none, count: 0 };
}

function bonus(placed: readonly Placed[], doc: number): number {
  for (const each of placed) {
    each.count = each.list?.seek(doc) ? each.list.readPositions() : 0;
    each.positions = each.list?.positions ?? none;
  }
  let total = 0;
  for (let i = 1; i < placed.length; i++) {
    const [a, b] = [placed[i - 1] as Placed, placed[i] as Placed];
    const closeness = a.count > 0 && b.count > 0 ? closenessOf(a, b) : 0;
    if (closeness > 0)
      total += Math.min(a.weight, b.weight) * impactSteps * pairShare * (closeness / (closeness + saturation));
  }
  return Math.round(total);
}

/** Each place of `a` counts by its distance to the nearest place of `b`: 1 directly before it, less behind it and further away. */
function closenessOf(a: Placed, b: Placed): number {
  let total = 0;
  let at = 0;
  for (let i = 0; i < a.count; i++) {
    const place = a.positions[i] as number;
    while (at < b.count && (b.positions[at] as number) < place) at++;
    const after = at < b.count ? (b.positions[at] as number) - place : reach + 1;
    const before = at > 0 ? place - (b.positions[at - 1] as number) + 1 : reach + 1;
    const distance = Math.min(after, before);
    if (distance <= reach) total += 1 / distance;
  }
  return total;
}
