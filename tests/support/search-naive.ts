/** Reference implementation of orders and facets without an index. */
import type { Condition, SortKey } from '#core/condition.ts';
import { type Day, dayNumber, isWithin, publicationPeriod } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import type { Facets } from '#core/ports/papers.ts';
import { trendingScore } from '#core/trending.ts';

type Entry = { readonly paper: Paper; readonly key: number };
type Order = { readonly where: readonly Condition[]; readonly sort: SortKey; readonly today: Day };

export function naiveOrder(entries: readonly Entry[], order: Order): number[] {
  const published = ({ paper }: Entry) =>
    paper.publishedOn === null ? Number.NEGATIVE_INFINITY : dayNumber(publicationPeriod(paper.publishedOn).from);
  const descending = (a: number, b: number) => (a === b ? 0 : a > b ? -1 : 1);
  return [...entries]
    .sort((a, b) => {
      const [x, y] = [rank(a.paper, order), rank(b.paper, order)];
      return (
        x.map((value, i) => descending(value, y[i] ?? 0)).find((sign) => sign !== 0) ||
        descending(published(a), published(b)) ||
        a.key - b.key
      );
    })
    .map(({ key }) => key);
}

/** Returns the sort keys of a paper, most significant first. Higher keys come first. */
function rank(paper: Paper, { where, sort, today }: Order): number[] {
  switch (sort) {
    case 'upvotes':
      return [paper.upvotes ?? -1];
    case 'comments':
      return [paper.commentCount ?? -1];
    case 'authors':
      return [paper.authorCount ?? -1];
    case 'old':
      return [
        paper.publishedOn === null ? Number.NEGATIVE_INFINITY : -dayNumber(publicationPeriod(paper.publishedOn).from),
      ];
    case 'trending':
      return [trending(paper, today)];
    case 'listing':
      return listing(paper, where);
    default:
      return [0];
  }
}

function trending(paper: Paper, today: Day): number {
  const listed = paper.listings
    .map(({ day }) => day)
    .sort()
    .at(-1);
  const anchor = listed ?? (paper.publishedOn === null ? null : publicationPeriod(paper.publishedOn).from);
  return trendingScore({ ...paper, ageDays: dayNumber(today) - (anchor === null ? 0 : dayNumber(anchor)) });
}

/** Independent of `listingPlace`, which it checks: arXiv listings come after all others of a day. */
const listingOrderOf = ({ source, position }: Paper['listings'][number]) =>
  (source.startsWith('arxiv') ? 1e6 : 0) + position;

function listing(paper: Paper, where: readonly Condition[]): number[] {
  const ranges = where.filter((condition) => condition.kind === 'listedOn');
  const inside = paper.listings.filter(({ day }) => ranges.every((range) => isWithin({ from: day, to: day }, range)));
  const days = inside.map(({ day }) => dayNumber(day));
  if (days.length === 0) return [Number.NEGATIVE_INFINITY, 0];
  const latest = Math.max(...days);
  return [latest, -Math.min(...inside.filter(({ day }) => dayNumber(day) === latest).map(listingOrderOf))];
}

/** A tag is a topic if any paper in `store` has it as one. Papers with it as a keyword count too. */
export function naiveFacets(papers: readonly Paper[], store: readonly Paper[]): Facets {
  const topicsBySlug = new Map(
    store.flatMap(({ tags }) => tags.filter(({ kind }) => kind === 'topic').map((tag) => [tag.slug, tag] as const)),
  );
  const topics = tally(
    papers.flatMap(({ tags }) =>
      [...new Set(tags.map(({ slug }) => slug))].flatMap((slug) => topicsBySlug.get(slug) ?? []),
    ),
    (tag) => tag.slug,
  );
  const years = tally(
    papers.filter((paper) => paper.publishedOn !== null),
    (paper) => Number(paper.publishedOn?.slice(0, 4)),
  );
  const authors = tally(
    papers.filter((paper) => paper.authorCount !== null),
    (paper) => paper.authorCount ?? 0,
  );
  return {
    topics: topics
      .map(({ value, count, first }) => ({ kind: first.kind, slug: value, label: first.label, count }))
      .sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1))
      .slice(0, 60),
    years: years.map(({ value, count }) => ({ year: value, count })).sort((a, b) => a.year - b.year),
    authorCounts: authors.map(({ value, count }) => ({ authors: value, count })).sort((a, b) => a.authors - b.authors),
    hasCode: papers.filter((paper) => paper.links.some((link) => link.kind === 'code')).length,
  };
}

function tally<T, V>(
  items: readonly T[],
  keyOf: (item: T) => V,
): { readonly value: V; readonly count: number; readonly first: T }[] {
  const groups = Map.groupBy(items, keyOf);
  return [...groups].flatMap(([value, [first, ...others]]) =>
    first === undefined ? [] : [{ value, count: others.length + 1, first }],
  );
}
