/** Builds the facets of a list: topics, years, numbers of authors and code, each with a filter link. */
import type { Condition, NumberRange } from '#core/condition.ts';
import { type DayRange, parsePeriod } from '#core/day.ts';
import type { Facets } from '#core/ports/papers.ts';
import { tagState, toggleCondition, withCondition, withOnly, withTag } from '#query/edit-query.ts';
import { hrefOf } from '#query/format-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { describeScope, type ListScope } from '#query/scope.ts';
import { toNumberLabel } from '#view/text/labels.ts';
import type { BarView, FacetsView, FacetTopicView } from './paper-list-view.ts';

/** The first bar contains all earlier years. */
const yearBarsMax = 20;
const authorBins: readonly (readonly [number, number | null])[] = [
  ...Array.from({ length: 10 }, (_, i) => [i + 1, i + 1] as const),
  [11, 20],
  [21, 50],
  [51, null],
];
const hasCode: Condition = { kind: 'has', what: 'code' };

export function toFacetsView(facets: Facets, scope: ListScope, query: PaperQuery): FacetsView {
  const { path } = describeScope(scope);
  return {
    topics: toTopics(
      facets.topics.filter((topic) => scope.kind !== 'tag' || topic.slug !== scope.slug),
      path,
      query,
    ),
    years: toYears(facets.years, path, query),
    authorCounts: toAuthorCounts(facets.authorCounts, path, query),
    hasCode: {
      label: 'Has code',
      href: hrefOf(path, toggleCondition(query, hasCode)),
      count: facets.hasCode,
      active: query.where.some((condition) => condition.kind === 'has' && condition.what === 'code'),
    },
  };
}

/** Fast path: most topics are not in the query, so their links need no lookup of their state. */
function toTopics(topics: Facets['topics'], path: string, query: PaperQuery): FacetTopicView[] {
  const named = new Set(
    query.where
      .map((condition) => (condition.kind === 'not' ? condition.condition : condition))
      .map((entry) => (entry.kind === 'tag' ? entry.slug : null)),
  );
  return topics.map(({ slug, label, count }) => {
    const tag: Condition = { kind: 'tag', slug };
    const state = named.has(slug) ? tagState(query, slug) : 'off';
    const included =
      state === 'off' ? withCondition(query, tag) : withTag(query, slug, state === 'included' ? 'off' : 'included');
    const excluded =
      state === 'off'
        ? withCondition(query, { kind: 'not', condition: tag })
        : withTag(query, slug, state === 'excluded' ? 'off' : 'excluded');
    return { slug, label, count, state, href: hrefOf(path, included), excludeHref: hrefOf(path, excluded) };
  });
}

function toYears(years: Facets['years'], path: string, query: PaperQuery): BarView[] {
  const first = years[0]?.year;
  const last = years.at(-1)?.year;
  if (first === undefined || last === undefined) return [];
  const selected = query.where.find((condition) => condition.kind === 'publishedOn');
  const start = Math.max(first, last - yearBarsMax + 1);
  const bins = Array.from({ length: last - start + 1 }, (_, i): readonly [number, number] => [
    i === 0 ? first : start + i,
    start + i,
  ]);
  return bins.map(([from, to]) => {
    const count = years.reduce((sum, entry) => (entry.year >= from && entry.year <= to ? sum + entry.count : sum), 0);
    const range = yearRange(from, to);
    const active = selected !== undefined && contains(selected.from, range.from, range.to, selected.to);
    const isExactly = selected?.from === range.from && selected?.to === range.to;
    const href = hrefOf(path, withOnly(query, 'publishedOn', isExactly ? null : { kind: 'publishedOn', ...range }));
    return { label: from === to ? String(from) : `${from}–${to}`, href, from, to, count, active };
  });
}

function yearRange(from: number, to: number): DayRange {
  const pad = (year: number) => String(year).padStart(4, '0');
  return { from: parsePeriod(pad(from))?.from ?? null, to: parsePeriod(pad(to))?.to ?? null };
}

function toAuthorCounts(counts: Facets['authorCounts'], path: string, query: PaperQuery): BarView[] {
  if (counts.length === 0) return [];
  const selected = query.where.find((condition) => condition.kind === 'authorCount');
  return authorBins.map(([from, last]) => {
    const to = last ?? Math.max(from, counts.at(-1)?.authors ?? from);
    const count = counts.reduce(
      (sum, entry) => (entry.authors >= from && entry.authors <= to ? sum + entry.count : sum),
      0,
    );
    const range: NumberRange = { min: from, max: last };
    const active = selected !== undefined && contains(selected.min, from, to, selected.max);
    const isExactly = selected?.min === from && selected?.max === last;
    const href = hrefOf(path, withOnly(query, 'authorCount', isExactly ? null : { kind: 'authorCount', ...range }));
    return { label: toBinLabel(from, last), href, from, to, count, active };
  });
}

function toBinLabel(from: number, last: number | null): string {
  if (last === null) return `${toNumberLabel(from)} or more authors`;
  return from === last ? `${from} ${from === 1 ? 'author' : 'authors'}` : `${from}–${last} authors`;
}

/** Whether the range from `min` to `max` (null is open) contains the whole bar. */
function contains<T extends number | string>(min: T | null, from: T | null, to: T | null, max: T | null): boolean {
  return (min === null || (from !== null && from >= min)) && (max === null || (to !== null && to <= max));
}
