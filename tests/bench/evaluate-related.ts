/** Evaluates related papers: papers that are relevant to the same query should be related to each other. */
import type { SearchDocuments } from '#core/ports/papers.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { PaperVectors } from '#search/similar/paper-vectors.ts';
import { findRelated, type RelatedSources } from '#search/similar/related-papers.ts';
import { type Collection, ndcgAt, recallAt } from './evaluate-collection.ts';
import { toDocument } from './evaluate-ours.ts';

const papersMax = 300;
const depth = 50;

type Scores = { readonly ndcg: number; readonly recall: number; readonly ms: number };

/** Evaluates terms alone, then terms with the vectors of the search worker. */
export function evaluateRelated(collection: Collection): { readonly terms: Scores; readonly vectors: Scores } {
  const { papers } = collection;
  const documents: Pick<SearchDocuments, 'textsOf'> = {
    textsOf: (keys) =>
      new Map(
        keys.flatMap((key) =>
          papers[key] ? [[key, { ...papers[key], authors: [], organization: null, tags: [] }]] : [],
        ),
      ),
  };
  const index = new SearchIndex(documents);
  index.update(papers.map(toDocument), { removed: [], revision: 1 });
  const vectors = new PaperVectors();
  for (const _ of vectors.follow(index.segments));
  return {
    terms: evaluate(collection, index, { documents, vectors: { similarityTo: () => null } }),
    vectors: evaluate(collection, index, { documents, vectors }),
  };
}

function evaluate(collection: Collection, index: SearchIndex, sources: RelatedSources): Scores {
  const { papers } = collection;
  const related = relatedOf(collection);
  const every = Math.max(1, Math.floor(related.size / papersMax));
  const judgedKeys = [...papers.keys()]
    .filter((key) => related.has(papers[key]?.id ?? ''))
    .filter((_, i) => i % every === 0);
  let [ndcg, recall] = [0, 0];
  const start = performance.now();
  for (const key of judgedKeys) {
    const found = findRelated(index.segments, { key, limit: depth }, sources).map((hit) => papers[hit.key]?.id ?? '');
    const relevant = related.get(papers[key]?.id ?? '') ?? new Map();
    ndcg += ndcgAt(10, found, relevant);
    recall += recallAt(depth, found, relevant);
  }
  return {
    ndcg: ndcg / judgedKeys.length,
    recall: recall / judgedKeys.length,
    ms: (performance.now() - start) / judgedKeys.length,
  };
}

/** Maps each paper to the others that are relevant to one of its queries. */
function relatedOf({ judgments }: Collection): Map<string, Map<string, number>> {
  const related = new Map<string, Map<string, number>>();
  for (const relevant of judgments.values()) {
    for (const one of relevant.keys()) {
      const others = related.get(one) ?? new Map<string, number>();
      for (const other of relevant.keys()) if (other !== one) others.set(other, 1);
      if (others.size > 0) related.set(one, others);
    }
  }
  return related;
}
