/** Runs one search over all segments: filter, count, score, rank, page. */
import type { Condition } from '#core/condition.ts';
import type { SearchHit, SearchRequest, SearchResult } from '#core/ports/papers.ts';
import type { DocSet } from '#search/index/doc-set.ts';
import type { Segment } from '#search/index/segment.ts';
import { filterByCondition, filterByConditions } from '#search/match/filter-condition.ts';
import { type FilterContext, toFilterContext, type Verify } from '#search/match/filter-text.ts';
import { planSearch, type SearchPlan, toContentWords } from '#search/match/search-plan.ts';
import { impactsFor, scoreUnit, statisticsOf, type WeightedTerm, weighTerms } from './bm25f.ts';
import { FacetCounts } from './facet-counts.ts';
import { addKeywordTaggedTopics } from './keyword-tagged-topics.ts';
import { addProximity } from './proximity.ts';
import { addScores } from './score-accumulator.ts';
import { rankBy } from './sort-ranks.ts';
import { bestOf } from './top-documents.ts';

/** With fewer full matches than this (one page), partial matches follow. */
const partialBelow = 30;

/** Papers reranked by proximity. A constant, so that a paper's rank does not depend on the requested page. */
const rerankedMax = 200;

/** Matches of one kind in a segment. */
type Matches = { readonly set: DocSet; readonly count: number };

/** Full and partial matches of one segment, and the scores of both. */
type SegmentResult = {
  readonly segment: Segment;
  readonly context: FilterContext;
  readonly full: Matches;
  readonly partial: Matches;
  scores: Uint32Array | null;
};

export type Ranked = { readonly result: SegmentResult; readonly doc: number; readonly rank: number };

type Search = {
  readonly request: SearchRequest;
  readonly plan: SearchPlan;
  readonly contexts: readonly FilterContext[];
};

export function runSearch(
  segments: readonly Segment[],
  request: SearchRequest,
  verify: Verify,
): Omit<SearchResult, 'revision' | 'indexing'> {
  const contexts = segments.map((segment) => toFilterContext(segment, verify));
  const search: Search = { request, plan: planSearch(request.where), contexts };
  const isRelevance = request.sort === 'relevance' && search.plan.scored.length > 0;
  const full = contexts.map((context) => matchAll(context, search.plan.all));
  const total = sumOf(full.map(({ count }) => count));
  const partial = isRelevance && total < partialBelow ? partialMatches(search, full) : null;
  const results = contexts.map((context, i) =>
    toResult(context, full[i] as Matches, partial?.[i] ?? noMatches(context)),
  );
  const terms = isRelevance ? score(results, search.plan) : [];
  const ranked = rankAll(results, search, { total, terms });
  return {
    total,
    partial: sumOf(results.map((result) => result.partial.count)),
    hits: ranked.map((each) => toHit(each, request)),
    facets: request.facets ? countFacets(results) : null,
  };
}

function toResult(context: FilterContext, full: Matches, partial: Matches): SegmentResult {
  return { segment: context.segment, context, full, partial, scores: null };
}

function noMatches({ segment }: FilterContext): Matches {
  return { set: segment.buffers.takeEmpty(), count: 0 };
}

function matchAll(context: FilterContext, where: readonly Condition[]): Matches {
  const set = context.segment.buffers.takeCopy(context.segment.liveDocs);
  filterByConditions(context, set, where);
  return { set, count: set.count() };
}

/**
 * Finds papers that match the required conditions and some of the words.
 * The phrases are required too, unless nothing matches them.
 */
function partialMatches({ plan, contexts }: Search, full: readonly Matches[]): readonly Matches[] | null {
  if (plan.words.length === 0) return null;
  const withPhrases = matchSomeWords(contexts, [...plan.required, ...plan.phrases], { words: plan.words, full });
  if (plan.phrases.length === 0 || hasAny(withPhrases) || hasAny(full)) return withPhrases;
  return matchSomeWords(contexts, plan.required, { words: [...plan.words, ...plan.phrases], full });
}

function hasAny(matches: readonly Matches[]): boolean {
  return matches.some(({ count }) => count > 0);
}

type WordSearch = { readonly words: readonly Condition[]; readonly full: readonly Matches[] };

function matchSomeWords(
  contexts: readonly FilterContext[],
  required: readonly Condition[],
  { words, full }: WordSearch,
): readonly Matches[] {
  return contexts.map((context, i) => {
    const { set } = matchAll(context, required);
    filterByCondition(context, set, { kind: 'anyOf', conditions: toContentWords(words) });
    set.andNot((full[i] as Matches).set);
    return { set, count: set.count() };
  });
}

function score(results: readonly SegmentResult[], plan: SearchPlan): readonly WeightedTerm[] {
  const segments = results.map(({ segment }) => segment);
  const terms = weighTerms(plan.scored, segments);
  const table = impactsFor(statisticsOf(segments).averageLength);
  for (const result of results) {
    const { segment, context, full, partial } = result;
    const set = partial.count > 0 ? segment.buffers.takeCopy(full.set) : full.set;
    if (partial.count > 0) set.or(partial.set);
    result.scores = segment.freshScores();
    addScores(context, set, { terms, table, scores: result.scores });
  }
  return terms;
}

/** Returns the requested page: full matches in order, then partial matches. */
function rankAll(
  results: readonly SegmentResult[],
  search: Search,
  { total, terms }: { readonly total: number; readonly terms: readonly WeightedTerm[] },
): Ranked[] {
  const { offset, limit } = search.request;
  const end = offset + limit;
  const full = rank(results, search, { kind: 'full', limit: Math.min(total, end), terms });
  const partial = end > total ? rank(results, search, { kind: 'partial', limit: end - total, terms }) : [];
  return [...full.slice(offset), ...partial.slice(Math.max(0, offset - total))];
}

type Ranking = { readonly kind: 'full' | 'partial'; readonly limit: number; readonly terms: readonly WeightedTerm[] };

function rank(results: readonly SegmentResult[], { request }: Search, { kind, limit, terms }: Ranking): Ranked[] {
  const candidatesMax = terms.length > 1 ? Math.max(limit, rerankedMax) : limit;
  const ranked = results.flatMap((result) =>
    bestOf(result[kind], candidatesMax, result.scores ?? rankBy(result.segment.docValues, request)).map(
      (candidate) => ({
        result,
        ...candidate,
      }),
    ),
  );
  ranked.sort(compareRanked);
  if (terms.length < 2) return ranked.slice(0, limit);
  const best = addProximity(ranked.slice(0, rerankedMax), terms).sort(compareRanked);
  return [...best, ...ranked.slice(rerankedMax)].slice(0, limit);
}

/** Highest rank first. Equal ranks: newest first, then by key. */
function compareRanked(a: Ranked, b: Ranked): number {
  const [x, y] = [a.result.segment.docValues, b.result.segment.docValues];
  return (
    b.rank - a.rank ||
    (y.from[b.doc] as number) - (x.from[a.doc] as number) ||
    (x.keys[a.doc] as number) - (y.keys[b.doc] as number)
  );
}

function toHit({ result, doc, rank }: Ranked, { sort }: SearchRequest): SearchHit {
  const score = sort === 'relevance' ? rank / scoreUnit : sort === 'trending' ? rank : 0;
  return { key: result.segment.key(doc), partial: !result.full.set.has(doc), score };
}

function countFacets(results: readonly SegmentResult[]) {
  const counts = new FacetCounts();
  for (const { segment, full } of results) counts.add(segment, full.set, full.count);
  addKeywordTaggedTopics(counts, results);
  return counts.toFacets();
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
