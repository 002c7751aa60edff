/** One search over all segments: match, count, score, rank, page. */
import type { Condition } from '#core/condition.ts';
import type { SearchHit, SearchRequest, SearchResult } from '#core/ports/papers.ts';
import type { DocSet } from '#search/index/doc-set.ts';
import type { Segment } from '#search/index/segment.ts';
import { filterByCondition, filterByConditions } from '#search/match/filter-condition.ts';
import { type FilterContext, toFilterContext, type Verify } from '#search/match/filter-text.ts';
import { partsOf, planSearch, type SearchPlan } from '#search/match/search-plan.ts';
import { impactsFor, scoreUnit, statisticsOf, type WeightedTerm, weighTerms } from './bm25f.ts';
import { FacetCounts } from './facet-counts.ts';
import { addKeywordTaggedTopics } from './keyword-tagged-topics.ts';
import { addProximity } from './proximity.ts';
import { addScores } from './score-accumulator.ts';
import { rankBy } from './sort-ranks.ts';
import { bestOf } from './top-documents.ts';

/** Fewer full matches than a page holds are followed by partial ones. */
const partialBelow = 30;

/** How many of the best are looked at for words that stand together: a constant, so that the pages of one search fit together. */
const rerankedMax = 200;

/** Matches of one kind in a segment. */
type Matches = { readonly set: DocSet; readonly count: number };

/** A segment's share of a search: what matches fully, what in part, and the scores of both. */
type Share = {
  readonly segment: Segment;
  readonly reading: FilterContext;
  readonly full: Matches;
  readonly partial: Matches;
  scores: Uint32Array | null;
};

export type Ranked = { readonly share: Share; readonly doc: number; readonly rank: number };

type Search = {
  readonly request: SearchRequest;
  readonly plan: SearchPlan;
  readonly readings: readonly FilterContext[];
};

export function runSearch(
  segments: readonly Segment[],
  request: SearchRequest,
  verify: Verify,
): Omit<SearchResult, 'revision' | 'indexing'> {
  const readings = segments.map((segment) => toFilterContext(segment, verify));
  const search: Search = { request, plan: planSearch(request.where), readings };
  const isRelevance = request.sort === 'relevance' && search.plan.scored.length > 0;
  const full = readings.map((reading) => matching(reading, search.plan.all));
  const total = sum(full.map(({ count }) => count));
  const partial = isRelevance && total < partialBelow ? partialMatches(search, full) : null;
  const shares = readings.map((reading, i) => toShare(reading, full[i] as Matches, partial?.[i] ?? noMatches(reading)));
  const terms = isRelevance ? score(shares, search.plan) : [];
  const ranked = rankAll(shares, search, { total, terms });
  return {
    total,
    partial: sum(shares.map((share) => share.partial.count)),
    hits: ranked.map((each) => toHit(each, request)),
    facets: request.facets ? countFacets(shares) : null,
  };
}

function toShare(reading: FilterContext, full: Matches, partial: Matches): Share {
  return { segment: reading.segment, reading, full, partial, scores: null };
}

function noMatches({ segment }: FilterContext): Matches {
  return { set: segment.buffers.takeEmpty(), count: 0 };
}

function matching(reading: FilterContext, where: readonly Condition[]): Matches {
  const set = reading.segment.buffers.takeCopy(reading.segment.liveDocs);
  filterByConditions(reading, set, where);
  return { set, count: set.count() };
}

/** The papers that hold all hard conditions and some of the words; with the phrases if there are such, else without. */
function partialMatches({ plan, readings }: Search, full: readonly Matches[]): readonly Matches[] | null {
  if (plan.words.length === 0) return null;
  const withPhrases = someWords(readings, [...plan.hard, ...plan.phrases], { words: plan.words, full });
  if (plan.phrases.length === 0 || hasAny(withPhrases) || hasAny(full)) return withPhrases;
  return someWords(readings, plan.hard, { words: [...plan.words, ...plan.phrases], full });
}

function hasAny(matches: readonly Matches[]): boolean {
  return matches.some(({ count }) => count > 0);
}

type Wanted = { readonly words: readonly Condition[]; readonly full: readonly Matches[] };

function someWords(
  readings: readonly FilterContext[],
  hard: readonly Condition[],
  { words, full }: Wanted,
): readonly Matches[] {
  return readings.map((reading, i) => {
    const { set } = matching(reading, hard);
    filterByCondition(reading, set, { kind: 'anyOf', conditions: partsOf(words) });
    set.andNot((full[i] as Matches).set);
    return { set, count: set.count() };
  });
}

function score(shares: readonly Share[], plan: SearchPlan): readonly WeightedTerm[] {
  const segments = shares.map(({ segment }) => segment);
  const terms = weighTerms(plan.scored, segments);
  const table = impactsFor(statisticsOf(segments).averageLength);
  for (const share of shares) {
    const { segment, reading, full, partial } = share;
    const set = partial.count > 0 ? segment.buffers.takeCopy(full.set) : full.set;
    if (partial.count > 0) set.or(partial.set);
    share.scores = segment.freshScores();
    addScores(reading, set, { terms, table, scores: share.scores });
  }
  return terms;
}

/** The asked page: full matches in their order, then partial ones. */
function rankAll(
  shares: readonly Share[],
  search: Search,
  { total, terms }: { readonly total: number; readonly terms: readonly WeightedTerm[] },
): Ranked[] {
  const { offset, limit } = search.request;
  const end = offset + limit;
  const full = rank(shares, search, { which: 'full', limit: Math.min(total, end), terms });
  const partial = end > total ? rank(shares, search, { which: 'partial', limit: end - total, terms }) : [];
  return [...full.slice(offset), ...partial.slice(Math.max(0, offset - total))];
}

type Ranking = { readonly which: 'full' | 'partial'; readonly limit: number; readonly terms: readonly WeightedTerm[] };

function rank(shares: readonly Share[], { request }: Search, { which, limit, terms }: Ranking): Ranked[] {
  const candidatesMax = terms.length > 1 ? Math.max(limit, rerankedMax) : limit;
  const ranked = shares.flatMap((share) =>
    bestOf(share[which], candidatesMax, share.scores ?? rankBy(share.segment.columns, request)).map((candidate) => ({
      share,
      ...candidate,
    })),
  );
  ranked.sort(compareRanked);
  if (terms.length < 2) return ranked.slice(0, limit);
  const best = addProximity(ranked.slice(0, rerankedMax), terms).sort(compareRanked);
  return [...best, ...ranked.slice(rerankedMax)].slice(0, limit);
}

/** Highest rank first; equals newest first, then by key. */
function compareRanked(a: Ranked, b: Ranked): number {
  const [x, y] = [a.share.segment.columns, b.share.segment.columns];
  return (
    b.rank - a.rank ||
    (y.from[b.doc] as number) - (x.from[a.doc] as number) ||
    (x.keys[a.doc] as number) - (y.keys[b.doc] as number)
  );
}

function toHit({ share, doc, rank }: Ranked, { sort }: SearchRequest): SearchHit {
  const score = sort === 'relevance' ? rank / scoreUnit : sort === 'trending' ? rank : 0;
  return { key: share.segment.key(doc), partial: !share.full.set.has(doc), score };
}

function countFacets(shares: readonly Share[]) {
  const counts = new FacetCounts();
  for (const { segment, full } of shares) counts.add(segment, full.set, full.count);
  addKeywordTaggedTopics(counts, shares);
  return counts.toFacets();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
