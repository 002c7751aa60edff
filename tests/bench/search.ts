/**
 * Time and memory of the search index by size and class of query:
 * `npm run bench search -- DIR [SIZE …] [--index FOLDER] [--only CLASS]`. FOLDER caches the index of each size for
 * the next run.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DaySchema } from '#core/day.ts';
import type { SearchRequest } from '#core/ports/papers.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { createIndexFolder } from '#search/index/index-folder.ts';
import { loadIndex, saveIndex } from '#search/index/saved-index.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { arrayBytes } from '#search/index/segment-bytes.ts';
import { recordedData } from '#tests/recorded-data.ts';
import { readPapers, type Texts, textsAt, toDocument } from './search-papers.ts';
import { queryClasses } from './search-queries.ts';
import { timeCalls } from './time-calls.ts';

const segmentPapers = 25_000;
const rounds = 15;
/** Arrays whose size is printed by name. */
const largestShown = 8;
const today = DaySchema.parse('2025-12-16');
const noTexts = { textsOf: () => new Map() };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { index: { type: 'string' }, only: { type: 'string', default: '' } },
});
const { folder: dir, rest: sizes } = recordedData(positionals);
const file = join(dir, 'papers-100k.jsonl.gz');
if (!existsSync(file)) {
  console.error('Give the folder with papers-100k.jsonl.gz: npm run bench search -- DIR [SIZE …]');
  process.exit(2);
}
for (const size of sizes.length > 0 ? sizes.map(Number) : [35, 10_000, 100_000, 1_000_000]) await benchSize(size);

async function benchSize(size: number): Promise<void> {
  console.log(`\n## ${size.toLocaleString('en')} papers\n`);
  const index = await prepare(size);
  console.log('\n| queries | p50 | p95 | by the clock p50 | p95 |\n|---|---|---|---|---|');
  for (const { name, queries } of queryClasses.filter((each) => each.name.includes(values.only))) {
    const requests = queries.map(toRequest);
    const ours = timeCalls(
      rounds,
      requests.map((request) => () => index.search(request)),
    );
    console.log(`| ${[name, ours.cpu.p50, ours.cpu.p95, ours.clock.p50, ours.clock.p95].join(' | ')} |`);
  }
}

/** Loads the index without the papers, as the server's search worker does. */
async function prepare(size: number): Promise<SearchIndex> {
  const folder = values.index ? join(values.index, String(size)) : mkdtempSync(join(tmpdir(), 'search-bench-'));
  try {
    if (!values.index || !existsSync(folder)) await save(build(readPapers(file), size), folder);
    return await load(folder);
  } finally {
    if (!values.index) rmSync(folder, { recursive: true });
  }
}

/** Builds segments and merges them at the end, like the server's first build. */
function build(papers: readonly Texts[], size: number): SearchIndex {
  const index = new SearchIndex(noTexts);
  const cpuMs = { making: 0, adding: 0, folding: 0 };
  for (let from = 0; from < size; from += segmentPapers) {
    const count = Math.min(segmentPapers, size - from);
    const documents = measure(cpuMs, 'making', () =>
      Array.from({ length: count }, (_, i) => toDocument(textsAt(papers, from + i), from + i)),
    );
    measure(cpuMs, 'adding', () => index.update(documents, { removed: [], revision: 1 }));
  }
  measure(cpuMs, 'folding', () => {
    for (const _ of index.mergeSmallSegments());
  });
  const { adding, folding } = cpuMs;
  const each = (ms: number) => `${((ms / size) * 1000).toFixed(0)} µs`;
  console.log(
    `- built in ${((adding + folding) / 1000).toFixed(1)} s of processor time, ${each(adding + folding)} a paper (${each(adding)} to read it, ${each(folding)} to fold the segments), ${each(cpuMs.making)} more to make it up`,
  );
  return index;
}

function measure<K extends string, T>(cpuMs: Record<K, number>, what: K, run: () => T): T {
  const start = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(start);
  cpuMs[what] += (user + system) / 1000;
  return value;
}

async function save({ segments }: SearchIndex, folder: string): Promise<void> {
  const start = performance.now();
  await saveIndex(createIndexFolder(folder), { segments, revision: 1, storeId: 'bench' });
  console.log(`- saved in ${(performance.now() - start).toFixed(0)} ms`);
}

async function load(folder: string): Promise<SearchIndex> {
  const start = performance.now();
  const before = process.memoryUsage();
  const state = await loadIndex(createIndexFolder(folder), 'bench');
  if ('reason' in state) throw new Error(state.reason);
  const after = process.memoryUsage();
  const { segments } = state;
  console.log(
    `- loaded in ${(performance.now() - start).toFixed(0)} ms: ${mb(after.arrayBuffers - before.arrayBuffers)} of arrays, ${mb(after.heapUsed - before.heapUsed)} of heap`,
  );
  console.log(
    `- ${segments.length} segments, ${sum(segments.map(({ postings }) => postings.fieldFrequencies.length)).toLocaleString('en')} postings`,
  );
  const shares = Map.groupBy(
    segments.flatMap((segment) => [...arrayBytes(segment)]),
    ([name]) => name,
  );
  const sizes = [...shares].map(([name, parts]) => ({ name, bytes: sum(parts.map(([, bytes]) => bytes)) }));
  sizes.sort((a, b) => b.bytes - a.bytes);
  const largest = sizes.slice(0, largestShown).map(({ name, bytes }) => `${name} ${mb(bytes)}`);
  console.log(`- ${mb(sum(sizes.map(({ bytes }) => bytes)))} in arrays: ${largest.join(', ')}, the others less`);
  return new SearchIndex(noTexts, state);
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function toRequest(text: string): SearchRequest {
  const { query } = parsePaperQuery(new URLSearchParams({ q: text }));
  const hasWords = query.where.some((condition) => condition.kind === 'text' || condition.kind === 'anyOf');
  return {
    where: query.where,
    sort: query.sort ?? (hasWords ? 'relevance' : 'new'),
    offset: 0,
    limit: 30,
    facets: true,
    today,
  };
}
