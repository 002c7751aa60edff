/** Builds the view of a list of papers. */
import type { Condition, SortKey } from '#core/condition.ts';
import type { Day } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import type { DayCount, IndexProgress, SearchResult } from '#core/ports/papers.ts';
import { trendingFormula } from '#core/trending.ts';
import { toQueryFields } from '#query/build-query.ts';
import type { CorrectedQuery } from '#query/correct-query.ts';
import { toQuery, withPage, withSort } from '#query/edit-query.ts';
import { formatChips, formatPaperQuery, formatQueryText, hrefOf } from '#query/format-query.ts';
import type { PaperQuery, QueryProblem } from '#query/paper-query.ts';
import { defaultSortOf, describeScope, hasWords, type ListScope, pageSizeOf, rangeOf } from '#query/scope.ts';
import { toCoins } from '#view/paper/citation-view.ts';
import { toCardContext, toPaperCard } from '#view/paper/paper-card.ts';
import type { PaperCardView } from '#view/paper/paper-view.ts';
import { explainTrending, explainWords } from '#view/text/explanation.ts';
import { toCountLabel } from '#view/text/labels.ts';
import { toFacetsView } from './facets.ts';
import { toPager } from './pager.ts';
import type { FilterFormView, FormatView, OptionView, PaperListView } from './paper-list-view.ts';
import { toPeriodView } from './period.ts';

export type FoundPaper = { readonly paper: Paper; readonly partial: boolean; readonly score: number };

export type ListContext = {
  readonly scope: ListScope;
  /** The reader's query, without the conditions of the scope. */
  readonly query: PaperQuery;
  readonly problems: readonly QueryProblem[];
  readonly result: Pick<SearchResult, 'total' | 'partial' | 'facets' | 'indexing'>;
  /** The papers of this page, in the order of the result. */
  readonly papers: readonly FoundPaper[];
  /** All days with listed papers, ascending. */
  readonly days: readonly DayCount[];
  /** The latest listing day. The age in the trending formula counts from it. */
  readonly today: Day;
  readonly tagLabels: ReadonlyMap<string, string>;
  /** Corrections of unknown words, with the number of papers that each finds. */
  readonly suggestions: readonly (CorrectedQuery & { readonly count: number })[];
  /** Links to the list in other formats; `path` accepts the list's parameters. */
  readonly formats: readonly (Pick<FormatView, 'label' | 'feedType'> & { readonly path: string })[];
  readonly storeIsEmpty: boolean;
  /** Public address of this instance, without a trailing slash. */
  readonly siteUrl: string;
};

export function toPaperListView(context: ListContext): PaperListView {
  const { scope, query, result } = context;
  const { path, title, description } = describeScope(scope);
  const chips = formatChips(query, { tag: (slug) => context.tagLabels.get(slug) }).map(({ label, without }) => ({
    label,
    href: hrefOf(path, without),
  }));
  const pager = { count: result.total + result.partial, page: query.page, pageSize: pageSizeOf(scope) };
  return {
    title,
    description,
    url: `${context.siteUrl}${hrefOf(path, query)}`,
    period:
      scope.kind === 'day' || scope.kind === 'week' || scope.kind === 'month'
        ? toPeriodView(scope, context.days)
        : null,
    total: result.total,
    totalLabel: toCountLabel(result.total, 'paper'),
    partial: result.partial,
    papers: toCards(context),
    chips,
    clearHref: chips.length > 0 ? hrefOf(path, toQuery([], query.sort)) : null,
    facets: result.facets && toFacetsView(result.facets, scope, query),
    sorts: toSorts(scope, query),
    pager: toPager(pager, (page) => hrefOf(path, withPage(query, page))),
    problems: context.problems,
    didYouMean: context.suggestions.map((suggestion) => ({
      label: suggestion.label,
      count: suggestion.count,
      href: hrefOf(path, suggestion.query),
    })),
    canonical: formatQueryText(query),
    form: toForm(path, query),
    builder: scope.kind === 'all' ? toQueryFields(query) : null,
    formats: toFormats(context),
    formula: scope.kind === 'trending' ? trendingFormula : null,
    storeIsEmpty: context.storeIsEmpty,
    indexing: result.indexing && toIndexingLine(result.indexing),
  };
}

function toIndexingLine({ done, total }: IndexProgress): string {
  return `Still indexing: ${done.toLocaleString('en')} of ${toCountLabel(total, 'paper')} so far.`;
}

/** The effective order of the list. */
export function sortOf(scope: ListScope, query: PaperQuery): SortKey {
  return query.sort ?? defaultSortOf(scope, query.where);
}

/** All conditions of a list: those of the scope and of the reader's query. */
export function whereOf(scope: ListScope, query: PaperQuery): readonly Condition[] {
  return [...describeScope(scope).where, ...query.where];
}

function toCards({ scope, query, papers, today }: ListContext): PaperCardView[] {
  const context = toCardContext(query.where, rangeOf(scope));
  const sort = sortOf(scope, query);
  const explain = (paper: Paper, score: number): string | null => {
    if (sort === 'trending') return explainTrending(score, paper, today);
    return sort === 'relevance' ? explainWords(query.where, paper) || null : null;
  };
  const cards = papers.map(({ paper, partial, score }) => ({
    ...toPaperCard(paper, context, { partial, why: explain(paper, score) }),
    coins: toCoins(paper),
  }));
  const isSingleSource = new Set(cards.map(({ listed }) => listed?.by)).size <= 1;
  return isSingleSource
    ? cards.map((card) => ({ ...card, listed: card.listed && { ...card.listed, by: null } }))
    : cards;
}

const sortLabels: Readonly<Record<SortKey, string>> = {
  listing: 'Listing order',
  relevance: 'Relevance',
  new: 'Newest',
  old: 'Oldest',
  trending: 'Trending',
  upvotes: 'Most upvotes',
  comments: 'Most comments',
  authors: 'Number of authors',
};

/** Offers relevance and listing order only where they apply. The default order needs no parameter. */
function toSorts(scope: ListScope, query: PaperQuery): OptionView[] {
  const { path } = describeScope(scope);
  const own = defaultSortOf(scope, query.where);
  const isOffered: Partial<Record<SortKey, boolean>> = { relevance: hasWords(query.where), listing: own === 'listing' };
  const keys = (Object.keys(sortLabels) as SortKey[]).filter((key) => isOffered[key] ?? true);
  return keys.map((key) => ({
    key,
    label: sortLabels[key],
    href: hrefOf(path, withSort(query, key === own ? null : key)),
    active: key === sortOf(scope, query),
  }));
}

function toForm(action: string, query: PaperQuery): FilterFormView {
  const params = formatPaperQuery(query);
  const fieldValue = (name: string) => params.get(name) ?? '';
  return {
    action,
    q: fieldValue('q'),
    authors: fieldValue('authors'),
    published: fieldValue('published'),
    listed: fieldValue('listed'),
    has: params.getAll('has'),
    tags: params.getAll('tag'),
    sort: fieldValue('sort'),
  };
}

/** Feeds and exports have no scope, so their query includes the scope's conditions and order. */
function toFormats({ scope, query, formats }: ListContext): FormatView[] {
  const where = whereOf(scope, query);
  const sort = sortOf(scope, query);
  const whole = toQuery(where, sort === defaultSortOf({ kind: 'all' }, where) ? null : sort);
  const feedQuery = scope.kind === 'day' && scope.isLatest ? toQuery(query.where, sort) : whole;
  return formats.map(({ label, path, feedType }) => ({
    label,
    href: hrefOf(path, feedType ? feedQuery : whole),
    feedType,
  }));
}
