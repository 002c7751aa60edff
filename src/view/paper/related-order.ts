/** The orders of related papers. */
import { publicationPeriod } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';

export const relatedSorts = ['similarity', 'new', 'upvotes'] as const;
export type RelatedSort = (typeof relatedSorts)[number];

/** Other orders sort this many of the most similar papers. Less similar papers never appear. */
export const relatedPool = 30;

export function toRelatedSort(text: string): RelatedSort {
  return relatedSorts.find((sort) => sort === text) ?? 'similarity';
}

/** `papers`: the most similar first. The sort is stable. */
export function inRelatedOrder<T extends { readonly paper: Paper }>(
  papers: readonly T[],
  sort: RelatedSort,
): readonly T[] {
  if (sort === 'similarity') return papers;
  const rankOf = sort === 'new' ? dayOf : upvotesOf;
  return [...papers].sort((a, b) => compare(rankOf(b.paper), rankOf(a.paper)));
}

const dayOf = ({ publishedOn }: Paper): string => (publishedOn === null ? '' : publicationPeriod(publishedOn).from);
const upvotesOf = ({ upvotes }: Paper): number => upvotes ?? -1;

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
