/** Time and memory of the search index by size and class of query, beside FTS5: `npm run bench search -- DIR [SIZE …]`. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { DaySchema } from '#core/day';
import type { SearchRequest } from '#core/ports';
import { parsePaperQuery } from '#serve/query/parse-paper-query';
import { createIndexFolder } from '#serve/search/index-folder';
import { loadIndex, saveIndex } from '#serve/search/saved-index';
import { SearchIndex } from '#serve/search/search-index';
import { byteLength } from '#serve/search/segment-bytes';
import { readPapers, type Texts, textsAt, toDocument } from './search-papers.ts';
import { queryClasses, toFts5 } from './search-queries.ts';

const segmentPapers = 20_000;
const rounds = 15;
/** FTS5 is timed less often: a round of it takes minutes at a million papers. */
const ftsRounds = 3;
const today = DaySchema.parse('2025-12-16');
const noTexts = { textsOf: () => new Map() };

const [dir, ...sizes] = process.argv.slice(2);
const file = join(dir ?? '', 'papers-100k.jsonl.gz');
if (!dir || !existsSync(file)) {
  console.error('Give the folder with papers-100k.jsonl.gz: npm run bench search -- DIR [SIZE …]');
  process.exit(2);
}
for (const size of sizes.length > 0 ? sizes.map(Number) : [35, 10_000, 100_000, 1_000_000]) await benchSize(size);

async function benchSize(size: number): Promise<void> {
  console.log(`\n## ${size.toLocaleString('en')} papers\n`);
  const { index, fts } = await prepare(size);
  console.log('\n| queries | ours p50 | ours p95 | FTS5 p50 | FTS5 p95 |\n|---|---|---|---|---|');
  for (const { name, queries } of queryClasses) {
    const ours = time(
      rounds,
      queries.map((text) => () => index.search(toRequest(text))),
    );
    const expressions = queries.flatMap((text) => toFts5(text) ?? []);
    const theirs =
      fts && expressions.length > 0
        ? time(
            ftsRounds,
            expressions.map((match) => () => askFts5(fts, match)),
          )
        : null;
    console.log(`| ${name} | ${ours.p50} | ${ours.p95} | ${theirs?.p50 ?? '–'} | ${theirs?.p95 ?? '–'} |`);
  }
  fts.close();
}

/** The papers themselves are let go: the server's search worker does not hold them either. */
async function prepare(size: number): Promise<{ readonly index: SearchIndex; readonly fts: Database }> {
  const papers = readPapers(file);
  const index = await saveAndLoad(build(papers, size));
  return { index, fts: fillFts5(papers, size) };
}

function build(papers: readonly Texts[], size: number): SearchIndex {
  const start = performance.now();
  const index = new SearchIndex(noTexts);
  for (let from = 0; from < size; from += segmentPapers) {
    const count = Math.min(segmentPapers, size - from);
    const documents = Array.from({ length: count }, (_, i) => toDocument(textsAt(papers, from + i), from + i));
    index.update(documents, { removed: [], revision: 1 });
    for (const _ of index.fold());
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`- built in ${seconds.toFixed(1)} s (${((seconds / size) * 1e6).toFixed(0)} µs a paper, making the papers included)`);
  return index;
}

async function saveAndLoad(built: SearchIndex): Promise<SearchIndex> {
  const folder = mkdtempSync(join(tmpdir(), 'search-bench-'));
  try {
    const files = createIndexFolder(folder);
    const saving = performance.now();
    await saveIndex(files, { segments: built.segments, revision: 1, storeId: 'bench' });
    const loading = performance.now();
    const before = process.memoryUsage();
    const state = await loadIndex(files, 'bench');
    if ('reason' in state) throw new Error(state.reason);
    const after = process.memoryUsage();
    const bytes = state.segments.reduce((total, segment) => total + byteLength(segment), 0);
    const mb = (number: number) => `${(number / 1e6).toFixed(0)} MB`;
    console.log(`- saved in ${(loading - saving).toFixed(0)} ms, loaded in ${(performance.now() - loading).toFixed(0)} ms`);
    console.log(
      `- ${mb(bytes)} in arrays; loading added ${mb(after.arrayBuffers - before.arrayBuffers)} of arrays and ${mb(after.heapUsed - before.heapUsed)} of heap`,
    );
    console.log(
      `- ${state.segments.length} segments, ${state.segments.reduce((total, segment) => total + segment.postings.fields.length, 0).toLocaleString('en')} postings`,
    );
    return new SearchIndex(noTexts, state);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function toRequest(text: string): SearchRequest {
  const { query } = parsePaperQuery(new URLSearchParams({ q: text }));
  const hasWords = query.where.some((condition) => condition.kind === 'text' || condition.kind === 'anyOf');
  return { where: query.where, sort: query.sort ?? (hasWords ? 'relevance' : 'new'), offset: 0, limit: 30, facets: true, today };
}

function fillFts5(papers: readonly Texts[], size: number): Database {
  const start = performance.now();
  const database = new Sqlite(':memory:');
  database.exec(
    `CREATE VIRTUAL TABLE paper USING fts5(title, abstract, content = '', tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3')`,
  );
  const insert = database.prepare('INSERT INTO paper (rowid, title, abstract) VALUES (?, ?, ?)');
  database.transaction(() => {
    for (let i = 0; i < size; i++) {
      const { title, abstract } = textsAt(papers, i);
      insert.run(i, title, abstract);
    }
  })();
  console.log(`- FTS5 filled in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return database;
}

/** Page and total, as ours; FTS5 counts no facets. */
function askFts5(database: Database, match: string): void {
  database.prepare('SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper, 3, 1) LIMIT 30').all(match);
  database.prepare('SELECT count(*) FROM paper WHERE paper MATCH ?').all(match);
}

/** Milliseconds of processor time over all calls, after one round to warm up: what else the machine does should not blur them. */
function time(repeats: number, calls: readonly (() => void)[]): { readonly p50: string; readonly p95: string } {
  for (const call of calls) call();
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    for (const call of calls) {
      const start = process.cpuUsage();
      call();
      const { user, system } = process.cpuUsage(start);
      times.push((user + system) / 1000);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2);
  return { p50: at(0.5), p95: at(0.95) };
}
