/** One search over all segments: match, count, score, rank, page. */
import type { Condition } from '#core/condition';
import type { SearchHit, SearchRequest, SearchResult } from '#core/ports';
import { DocSet } from './doc-set.ts';
import { FacetCounts } from './facet-counts.ts';
import { narrow, narrowToAll } from './narrow.ts';
import { type Reading, toReading, type Verify } from './narrow-text.ts';
import { addProximity } from './proximity.ts';
import { addScores, impactsFor, scoreUnit, statisticsOf, type WeightedTerm, weighTerms } from './scoring.ts';
import { partsOf, planSearch, type SearchPlan } from './search-plan.ts';
import type { Segment } from './segment.ts';
import { rankBy } from './sort-ranks.ts';
import { TopDocuments } from './top-documents.ts';

/** Fewer full matches than a page holds are followed by partial ones. */
const partialBelow = 30;

/** How many of the best are looked at for words that stand together: a constant, so that the pages of one search fit together. */
const rerankedMax = 200;

/** A segment's share of a search: what matches fully, what in part, and the scores of both. */
type Share = {
  readonly segment: Segment;
  readonly reading: Reading;
  readonly full: DocSet;
  readonly partial: DocSet;
  /** The documents of both sets one by one. */
  readonly docs: { readonly full: Uint32Array; readonly partial: Uint32Array };
  readonly scores: Uint32Array;
};

export type Ranked = { readonly share: Share; readonly doc: number; readonly rank: number };

type Search = { readonly request: SearchRequest; readonly plan: SearchPlan; readonly readings: readonly Reading[] };

export function runSearch(segments: readonly Segment[], request: SearchRequest, verify: Verify): Omit<SearchResult, 'revision'> {
  const readings = segments.map((segment) => toReading(segment, verify));
  const search: Search = { request, plan: planSearch(request.where), readings };
  const isRelevance = request.sort === 'relevance' && search.plan.scored.length > 0;
  const full = readings.map((reading) => matching(reading, search.plan.all));
  const total = sum(full.map((set) => set.count()));
  const partial = isRelevance && total < partialBelow ? partialMatches(search, full) : null;
  const shares = readings.map((reading, i) => toShare(reading, full[i] as DocSet, partial?.[i] ?? new DocSet(reading.segment.size)));
  const terms = isRelevance ? score(shares, search.plan) : [];
  const ranked = rankAll(shares, search, { total, terms });
  return {
    total,
    atLeast: false,
    partial: sum(shares.map((share) => share.docs.partial.length)),
    hits: ranked.map((each) => toHit(each, request)),
    facets: request.facets ? countFacets(shares) : null,
  };
}

function toShare(reading: Reading, full: DocSet, partial: DocSet): Share {
  const { segment } = reading;
  return { segment, reading, full, partial, docs: { full: full.toArray(), partial: partial.toArray() }, scores: segment.freshScores() };
}

function matching(reading: Reading, where: readonly Condition[]): DocSet {
  const set = reading.segment.live.clone();
  narrowToAll(reading, set, where);
  return set;
}

/** The papers that hold all hard conditions and some of the words; with the phrases if there are such, else without. */
function partialMatches({ plan, readings }: Search, full: readonly DocSet[]): readonly DocSet[] | null {
  if (plan.words.length === 0) return null;
  const withPhrases = someWords(readings, [...plan.hard, ...plan.phrases], { words: plan.words, full });
  if (plan.phrases.length === 0 || withPhrases.some((set) => set.count() > 0) || full.some((set) => set.count() > 0)) return withPhrases;
  return someWords(readings, plan.hard, { words: [...plan.words, ...plan.phrases], full });
}

type Wanted = { readonly words: readonly Condition[]; readonly full: readonly DocSet[] };

function someWords(readings: readonly Reading[], hard: readonly Condition[], { words, full }: Wanted): readonly DocSet[] {
  return readings.map((reading, i) => {
    const set = matching(reading, hard);
    narrow(reading, set, { kind: 'anyOf', conditions: partsOf(words) });
    set.andNot(full[i] as DocSet);
    return set;
  });
}

function score(shares: readonly Share[], plan: SearchPlan): readonly WeightedTerm[] {
  const segments = shares.map(({ segment }) => segment);
  const terms = weighTerms(plan.scored, segments);
  const table = impactsFor(statisticsOf(segments).averageLength);
  for (const { reading, full, partial, scores } of shares) {
    const set = full.clone();
    set.or(partial);
    addScores(reading, set, { terms, table, scores });
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
  const ranked = shares.flatMap((share) => {
    const top = new TopDocuments(candidatesMax);
    const { scores, segment } = share;
    const rankOf = terms.length > 0 ? (doc: number) => scores[doc] as number : rankBy(segment.columns, request);
    const docs = share.docs[which];
    for (let i = 0; i < docs.length; i++) top.offer(docs[i] as number, rankOf(docs[i] as number));
    return top.take().map((candidate) => ({ share, ...candidate }));
  });
  ranked.sort(compareRanked);
  if (terms.length < 2) return ranked.slice(0, limit);
  const best = addProximity(ranked.slice(0, rerankedMax), terms).sort(compareRanked);
  return [...best, ...ranked.slice(rerankedMax)].slice(0, limit);
}

/** Highest rank first; equals newest first, then by key. */
function compareRanked(a: Ranked, b: Ranked): number {
  const [x, y] = [a.share.segment.columns, b.share.segment.columns];
  return b.rank - a.rank || (y.from[b.doc] as number) - (x.from[a.doc] as number) || (x.keys[a.doc] as number) - (y.keys[b.doc] as number);
}

function toHit({ share, doc, rank }: Ranked, { sort }: SearchRequest): SearchHit {
  const score = sort === 'relevance' ? rank / scoreUnit : sort === 'trending' ? rank : 0;
  return { key: share.segment.key(doc), partial: !share.full.has(doc), score };
}

function countFacets(shares: readonly Share[]) {
  const counts = new FacetCounts();
  for (const { segment, docs } of shares) counts.add(segment, docs.full);
  return counts.toFacets();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
