/** `npm run evaluate -- DIR`: relevance of our search and of other libraries on judged collections. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Collection, loadCollection, ndcgAt, recallAt } from './evaluate-collection.ts';
import { rankWithOurs } from './evaluate-ours.ts';
import { peers, type Ranker } from './evaluate-peers.ts';
import { evaluateRelated } from './evaluate-related.ts';

const [dir, ...only] = process.argv.slice(2);
if (!dir || !existsSync(dir)) {
  console.error(
    'Give the folder of the judged collections: npm run evaluate -- DIR (each a folder with corpus.jsonl, queries.jsonl, qrels.tsv).',
  );
  process.exit(2);
}
const names = readdirSync(dir)
  .filter((name) => existsSync(join(dir, name, 'qrels.tsv')))
  .sort();
const collections = names.map((name) => loadCollection(join(dir, name), name));
const rankers: readonly Ranker[] = [rankWithOurs, ...peers].filter(
  ({ name }) => only.length === 0 || only.includes(name),
);

if (rankers.length > 0) printHead('Recall@100', 'ms a query');
for (const ranker of rankers.flatMap(withSameQueries)) {
  const scores = [];
  for (const collection of collections) scores.push(await evaluate(ranker, collection));
  const ms =
    scores.reduce((total, score) => total + score.ms, 0) / scores.reduce((total, score) => total + score.queries, 0);
  const cells = scores.map(({ ndcg, recall, note }) => `${ndcg.toFixed(3)}${note} | ${recall.toFixed(3)}${note}`);
  console.log(`| ${ranker.name} | ${cells.join(' | ')} | ${ms.toFixed(2)} |`);
}

if (only.length === 0 || only.includes('related')) {
  console.log('\nRelated papers: for one that is relevant to a question, the others that are\n');
  printHead('Recall@50', 'ms a paper');
  const scores = collections.map(evaluateRelated);
  for (const [name, way] of [
    ['terms', 'terms'],
    ['terms and vectors', 'vectors'],
  ] as const) {
    const cells = scores.map((one) => `${one[way].ndcg.toFixed(3)} | ${one[way].recall.toFixed(3)}`);
    console.log(
      `| ${name} | ${cells.join(' | ')} | ${(scores.reduce((total, one) => total + one[way].ms, 0) / scores.length).toFixed(2)} |`,
    );
  }
}

function printHead(recall: string, ms: string): void {
  console.log(`| | ${collections.map(({ name }) => `${name} nDCG@10 | ${name} ${recall}`).join(' | ')} | ${ms} |`);
  console.log(`|---|${'---|'.repeat(2 * collections.length + 1)}`);
}

/** If a library runs on fewer queries, ours is evaluated on the same ones. */
function withSameQueries(ranker: Ranker): readonly Ranker[] {
  return ranker.queriesMax === undefined ? [ranker] : [{ ...rankWithOurs, queriesMax: ranker.queriesMax }, ranker];
}

async function evaluate({ create, queriesMax }: Ranker, collection: Collection) {
  const rank = await create(collection.papers);
  const judged = collection.queries.filter(({ id }) => collection.judgments.has(id));
  const every = Math.max(1, Math.floor(judged.length / (queriesMax ?? judged.length)));
  const queries = judged.filter((_, i) => i % every === 0).slice(0, queriesMax);
  let [ndcg, recall, ms] = [0, 0, 0];
  for (const { id, text } of queries) {
    const start = performance.now();
    const found = await rank(text, 100);
    ms += performance.now() - start;
    const relevant = collection.judgments.get(id) ?? new Map();
    ndcg += ndcgAt(10, found, relevant);
    recall += recallAt(100, found, relevant);
  }
  const note = queries.length < judged.length ? ` (${queries.length} queries)` : '';
  return { ndcg: ndcg / queries.length, recall: recall / queries.length, ms, queries: queries.length, note };
}
