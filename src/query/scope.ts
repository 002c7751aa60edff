/** The scope of a list page: its address, title, own conditions and default order. */
import type { Condition, SortKey } from '#core/condition.ts';
import { type Day, type DayRange, isoWeek, isWithin, listingDays, monthOf, parsePeriod } from '#core/day.ts';
import type { TagSlug } from '#core/paper.ts';
import { allPapersPath, authorPath, dayPath, monthPath, tagPath, trendingPath, weekPath } from '#view/paths.ts';
import { toLongDayLabel, toMonthLabel, toSpanLabel, toWeekLabel } from '#view/text/labels.ts';

export type PeriodScope =
  /** `isLatest`: the front page shows this day as the newest one, so its feed follows later days too. */
  | { readonly kind: 'day'; readonly day: Day; readonly isLatest?: true }
  /** `2025-W51`. */
  | { readonly kind: 'week'; readonly week: string }
  /** `2025-12`. */
  | { readonly kind: 'month'; readonly month: string };

export type ListScope =
  | PeriodScope
  | { readonly kind: 'all' }
  | { readonly kind: 'trending' }
  | { readonly kind: 'tag'; readonly slug: TagSlug; readonly label: string }
  /** The name as papers spell it. */
  | { readonly kind: 'author'; readonly name: string };

export type ScopeDescription = {
  readonly path: string;
  readonly title: string;
  /** One sentence that describes the list. */
  readonly description: string;
  /** Conditions that the scope adds to the reader's query. */
  readonly where: readonly Condition[];
};

/** Returns null if `text` is not the canonical name of a day, week or month within `listingDays`. */
export function parsePeriodScope(kind: PeriodScope['kind'], text: string): PeriodScope | null {
  const span = parsePeriod(text);
  if (!span || !isWithin(span, listingDays)) return null;
  if (kind === 'day') return span.from === text ? { kind, day: span.from } : null;
  if (kind === 'week') return isoWeek(span.from) === text ? { kind, week: text } : null;
  return monthOf(span.from) === text ? { kind, month: text } : null;
}

/** Returns the period's name in addresses (`2025-12-16`, `2025-W51`, `2025-12`), or null for other lists. */
export function periodOf(scope: ListScope): string | null {
  switch (scope.kind) {
    case 'day':
      return scope.day;
    case 'week':
      return scope.week;
    case 'month':
      return scope.month;
    default:
      return null;
  }
}

export function describeScope(scope: ListScope): ScopeDescription {
  switch (scope.kind) {
    case 'day':
      return inPeriod(
        scope.day,
        dayPath(scope.day),
        toLongDayLabel(scope.day),
        'The papers featured on this day, in the order of the listing.',
      );
    case 'week':
      return inPeriod(
        scope.week,
        weekPath(scope.week),
        toWeekLabel(scope.week),
        `The papers featured ${spanOf(scope.week)}, latest day first.`,
      );
    case 'month':
      return inPeriod(
        scope.month,
        monthPath(scope.month),
        toMonthLabel(scope.month),
        'The papers featured in this month, latest day first.',
      );
    case 'all':
      return { path: allPapersPath, title: 'Papers', description: 'Every paper of this digest.', where: [] };
    case 'trending':
      return {
        path: trendingPath,
        title: 'Trending',
        description: 'What readers vote for and discuss now.',
        where: [],
      };
    case 'tag':
      return {
        path: tagPath(scope.slug),
        title: scope.label,
        description: `Papers on ${scope.label}.`,
        where: [{ kind: 'tag', slug: scope.slug }],
      };
    case 'author':
      return {
        path: authorPath(scope.name),
        title: scope.name,
        description: `Papers by ${scope.name}.`,
        where: [{ kind: 'authorName', name: scope.name }],
      };
    default:
      return scope satisfies never;
  }
}

/** The order of the list if the query has no `sort`. */
export function defaultSortOf(scope: ListScope, where: readonly Condition[]): SortKey {
  if (periodOf(scope) !== null) return 'listing';
  if (scope.kind === 'trending') return 'trending';
  return hasWords(where) ? 'relevance' : 'new';
}

/** Whether the conditions contain words, so that papers have a relevance. */
export function hasWords(where: readonly Condition[]): boolean {
  return where.some(
    (condition) => condition.kind === 'text' || (condition.kind === 'anyOf' && hasWords(condition.conditions)),
  );
}

/** A day has one page of up to 100 papers. */
export function pageSizeOf(scope: ListScope): number {
  return scope.kind === 'day' ? 100 : 30;
}

/** The days of a period; open at both ends for other lists. */
export function rangeOf(scope: ListScope): DayRange {
  return parsePeriod(periodOf(scope) ?? '') ?? { from: null, to: null };
}

function inPeriod(period: string, path: string, title: string, description: string): ScopeDescription {
  return {
    path,
    title,
    description,
    where: [{ kind: 'listedOn', ...(parsePeriod(period) ?? { from: null, to: null }) }],
  };
}

function spanOf(week: string): string {
  const span = parsePeriod(week);
  return span ? `on ${toSpanLabel(span)}` : `in ${week}`;
}
