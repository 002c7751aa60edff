/** Reads a collection with relevance judgments, and computes nDCG and recall. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type JudgedPaper = { readonly id: string; readonly title: string; readonly abstract: string };
export type Collection = {
  readonly name: string;
  readonly papers: readonly JudgedPaper[];
  readonly queries: readonly { readonly id: string; readonly text: string }[];
  /** Relevance (above 0) by query, then by paper. */
  readonly judgments: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

export function loadCollection(dir: string, name: string): Collection {
  const judgments = new Map<string, Map<string, number>>();
  for (const line of readFileSync(join(dir, 'qrels.tsv'), 'utf8').split('\n').slice(1)) {
    const [query, paper, score] = line.split('\t');
    if (!query || !paper || Number(score) <= 0) continue;
    const relevant = judgments.get(query) ?? new Map<string, number>();
    judgments.set(query, relevant.set(paper, Number(score)));
  }
  return {
    name,
    papers: readLines(join(dir, 'corpus.jsonl')).map(({ _id, title, text }) => ({
      id: String(_id),
      title: String(title),
      abstract: String(text),
    })),
    queries: readLines(join(dir, 'queries.jsonl')).map(({ _id, text }) => ({ id: String(_id), text: String(text) })),
    judgments,
  };
}

function readLines(file: string): Record<string, unknown>[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** nDCG: discounted cumulative gain of the first `depth` results over the best possible. Gains are the judgments. */
export function ndcgAt(depth: number, found: readonly string[], relevant: ReadonlyMap<string, number>): number {
  const gain = (scores: readonly number[]) =>
    scores.slice(0, depth).reduce((total, score, i) => total + score / Math.log2(i + 2), 0);
  const best = gain([...relevant.values()].sort((a, b) => b - a));
  return best === 0 ? 0 : gain(found.map((id) => relevant.get(id) ?? 0)) / best;
}

export function recallAt(depth: number, found: readonly string[], relevant: ReadonlyMap<string, number>): number {
  return found.slice(0, depth).filter((id) => relevant.has(id)).length / Math.max(1, relevant.size);
}
