/** Times the query parser on a million random texts, then on the worst ones. Fails if p99 exceeds the target. */
import fc from 'fast-check';
import { formatPaperQuery } from '#query/format-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';

const total = 1_000_000;
const charactersMax = 500;
const targetMs = 0.2;
const pieces = [
  '"',
  '“',
  '\\"',
  '-',
  '(',
  ')',
  '|',
  ' ',
  ':',
  '=',
  '*',
  '..',
  '>=',
  ' OR ',
  'NOT ',
  'author:',
  'authors:',
  'tag:',
  'published:',
  'has:',
  'sort:',
  'id:',
  'nope:',
  'code',
  '2024-03',
  '2405.14906',
  'the ',
  'decoder ',
  'speculative ',
  'C++ ',
  'é',
  '\u0301',
  '深度学习',
  '🙂',
  '\u0000',
  '\u200b',
  '$x^2$ ',
  '{é}',
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(''));
const random = fc.oneof(text, fc.string({ unit: 'binary', maxLength: 80 }));

const worst: Readonly<Record<string, string>> = {
  'one word': 'a'.repeat(charactersMax),
  words: 'decoder '.repeat(63),
  'different words': Array.from({ length: 125 }, (_, i) => `w${i}`).join(' '),
  qualifiers: 'authors:1..5 '.repeat(39),
  'bad values': 'authors:x '.repeat(50),
  'unknown qualifiers': 'autors:1 '.repeat(56),
  quotes: '"'.repeat(charactersMax),
  'tex quotes': '\\"u'.repeat(167),
  'open formulas': '\\('.repeat(250),
  dollars: '$a'.repeat(250),
  brackets: '('.repeat(charactersMax),
  stars: '*'.repeat(charactersMax),
  commas: `${',a'.repeat(250)}`,
  alternatives: `tag:${'a|'.repeat(245)}b`,
  'ORs of excluded alternatives': `x OR ${'-a|b OR '.repeat(61)}y`,
  'ten thousand words': 'decoder '.repeat(10_000),
  'combining marks': `e${'\u0301'.repeat(499)}`,
  Chinese: '深度学习'.repeat(125),
};

/** Returns the faster of two runs, to exclude other load on the machine. */
function timeOf(query: string): number {
  const params = new URLSearchParams({ q: query });
  const run = () => {
    const start = performance.now();
    parsePaperQuery(params);
    return performance.now() - start;
  };
  return Math.min(run(), run());
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function report(name: string, times: Float64Array): number {
  const sorted = times.toSorted();
  const p99 = quantile(sorted, 0.99);
  const figures = [quantile(sorted, 0.5), p99, sorted.at(-1) ?? 0].map((ms) => ms.toFixed(4).padStart(9));
  console.log(`${name.padEnd(30)} p50 ${figures[0]}  p99 ${figures[1]}  max ${figures[2]} ms`);
  return p99;
}

const batch = fc.sample(random, { numRuns: 100_000, seed: 1 });
const times = new Float64Array(total);
for (let i = 0; i < total; i++) {
  // Concatenates two texts, because the generator is too slow for a million.
  const a = batch[i % batch.length] ?? '';
  const b = batch[(i * 7919 + Math.floor(i / batch.length)) % batch.length] ?? '';
  times[i] = timeOf(i < batch.length ? a : `${a}${b}`);
}
const p99 = report(`${total.toLocaleString('en')} random texts`, times);

for (const [name, query] of Object.entries(worst))
  report(
    name,
    Float64Array.from({ length: 300 }, () => timeOf(query)),
  );

const { query } = parsePaperQuery(
  new URLSearchParams({ q: '"speculative decoding" tag:nlp authors:2..5 published:>=2023 -survey draft OR sketch' }),
);
report(
  'an ordinary query, formatted',
  Float64Array.from({ length: 10_000 }, () => {
    const start = performance.now();
    formatPaperQuery(query);
    return performance.now() - start;
  }),
);

console.log(p99 < targetMs ? `within ${targetMs} ms` : `SLOWER than ${targetMs} ms`);
process.exitCode = p99 < targetMs ? 0 : 1;
