/**
 * Finds similar papers: searches for the paper's content terms, then reranks by vectors, shared authors and topics.
 * Each result has its explanation: the shared terms, authors and topics.
 */
import type { PaperKey, RelatedHit, SearchDocuments } from '#core/ports/papers.ts';
import { stopWords, tokenize } from '#core/text/terms.ts';
import type { DocSet } from '#search/index/doc-set.ts';
import { fieldMasks } from '#search/index/field-frequencies.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment, Topic } from '#search/index/segment.ts';
import { authorName, fieldPrefixes } from '#search/index/term-dictionary.ts';
import { filterByTerms, ordinalsWithPrefix, toFilterContext } from '#search/match/filter-text.ts';
import { impactsFor, statisticsOf, type WeightedTerm, weighTerms } from '#search/rank/bm25f.ts';
import { addScores } from '#search/rank/score-accumulator.ts';
import { TopDocuments } from '#search/rank/top-documents.ts';
import type { PaperVectors } from './paper-vectors.ts';

export type RelatedRequest = { readonly key: PaperKey; readonly limit: number };

/** More terms than this hardly improve the results. */
const termsMax = 50;
/** More occurrences of a term count as this. */
const repetitionsMax = 3;
/** Candidates come from the text search. Vectors, authors and topics only rerank them. */
const candidatesMax = 200;
const similarityWeight = 1;
const authorWeight = 0.15;
const topicWeight = 0.05;
const wordsMax = 4;
const authorsMax = 10;

/** The search has no conditions to verify. */
const verifyNothing = () => {};

type Term = WeightedTerm & { readonly word: string };
/** Data from outside the index. The vectors may be missing. */
export type RelatedSources = {
  readonly documents: Pick<SearchDocuments, 'textsOf'>;
  readonly vectors: Pick<PaperVectors, 'similarityTo'>;
};

type Trait = { readonly name: string; readonly kind: 'author' | 'topic'; readonly sets: readonly DocSet[] };

export function findRelated(
  segments: readonly Segment[],
  { key, limit }: RelatedRequest,
  { documents, vectors }: RelatedSources,
): RelatedHit[] {
  const paper = documents.textsOf([key]).get(key);
  const ownSegment = segments.find((segment) => segment.docOf(key) >= 0);
  if (!paper || !ownSegment) return [];
  const terms = contentTerms(segments, `${paper.title}\n${paper.title}\n${paper.abstract}`);
  const table = impactsFor(statisticsOf(segments).averageLength);
  const candidates = segments.flatMap((segment, at) => {
    const others = segment.liveDocs.clone();
    if (segment === ownSegment) others.delete(segment.docOf(key));
    const scores = segment.freshScores();
    addScores(toFilterContext(segment, verifyNothing), others, { terms, table, scores });
    const top = new TopDocuments(candidatesMax);
    for (const doc of others.toArray()) if ((scores[doc] as number) > 0) top.offer(doc, scores[doc] as number);
    return top.take().map(({ doc, rank }) => ({ segment, at, doc, rank, key: segment.key(doc) }));
  });
  candidates.sort((a, b) => b.rank - a.rank || a.key - b.key).length = Math.min(candidates.length, candidatesMax);
  const best = candidates[0]?.rank ?? 1;
  const similarity = vectors.similarityTo(ownSegment, ownSegment.docOf(key));
  const traits = [
    ...authorTraits(segments, paper.authors.slice(0, authorsMax)),
    ...topicTraits(segments, topicsOf(ownSegment, ownSegment.docOf(key))),
  ];
  return candidates
    .map(({ segment, at, doc, rank, key: other }) => {
      const shared = traits.filter(({ sets }) => sets[at]?.has(doc));
      const authors = shared.filter(({ kind }) => kind === 'author').map(({ name }) => name);
      const topics = shared.filter(({ kind }) => kind === 'topic').map(({ name }) => name);
      const score =
        rank / best +
        similarityWeight * (similarity?.(segment, doc) ?? 0) +
        authorWeight * Math.min(2, authors.length) +
        topicWeight * Math.min(3, topics.length);
      return { key: other, score, authors, topics, terms: () => sharedWords(segment, doc, terms) };
    })
    .sort((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, limit)
    .map(({ key: other, authors, topics, terms: shared }) => ({ key: other, authors, topics, terms: shared() }));
}

/** Returns the terms with the highest tf · idf, each with its first written form in the text. */
function contentTerms(segments: readonly Segment[], text: string): Term[] {
  const uses = new Map<string, { times: number; readonly word: string }>();
  for (const { term, start, end } of tokenize(text)) {
    const word = text.slice(start, end).toLowerCase();
    if (stopWords.has(word) || word.length < 2) continue;
    const use = uses.get(term) ?? { times: 0, word };
    use.times = Math.min(repetitionsMax, use.times + 1);
    uses.set(term, use);
  }
  const scored = [...uses].map(([stem, { times }]) => ({
    kind: 'stem' as const,
    text: stem,
    mask: fieldMasks.any,
    times,
  }));
  return weighTerms(scored, segments)
    .map((term) => ({ ...term, word: uses.get(term.text)?.word ?? term.text }))
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))
    .slice(0, termsMax);
}

function topicsOf({ docValues: columns, topics }: Segment, doc: number): Topic[] {
  return [...columns.topicIds.subarray(columns.topicsStart[doc], columns.topicsStart[doc + 1])].flatMap(
    (topic) => topics[topic] ?? [],
  );
}

function authorTraits(segments: readonly Segment[], names: readonly string[]): Trait[] {
  return names.map((name) => ({
    name,
    kind: 'author',
    sets: setsOf(segments, (segment) =>
      ordinalsWithPrefix(segment.postings.terms, fieldPrefixes.authorName + authorName(name)),
    ),
  }));
}

function topicTraits(segments: readonly Segment[], topics: readonly Topic[]): Trait[] {
  return topics.map(({ slug, label }) => ({
    name: label,
    kind: 'topic',
    sets: setsOf(segments, ({ postings }) => [postings.terms.find(fieldPrefixes.tag + slug)]),
  }));
}

function setsOf(segments: readonly Segment[], ordinalsIn: (segment: Segment) => readonly number[]): DocSet[] {
  return segments.map((segment) => {
    const set = segment.liveDocs.clone();
    filterByTerms(segment, set, { ordinals: ordinalsIn(segment), mask: fieldMasks.any });
    return set;
  });
}

function sharedWords(segment: Segment, doc: number, terms: readonly Term[]): string[] {
  const words: string[] = [];
  for (const { text, word } of terms) {
    const ordinal = segment.postings.terms.find(fieldPrefixes.stem + text);
    if (ordinal >= 0 && new PostingsIterator(segment.postings, ordinal).seek(doc)) words.push(word);
    if (words.length === wordsMax) break;
  }
  return words;
}
