import { parsePaperQuery } from '#serve/query/parse-paper-query';
import { createIndexFolder } from '#serve/search/index-folder';
import { loadIndex } from '#serve/search/saved-index';
import { SearchIndex } from '#serve/search/search-index';
import { queryClasses } from './search-queries.ts';

const t0 = performance.now();
const c0 = process.cpuUsage();
const s: any = await loadIndex(createIndexFolder(process.argv[2]!), 'bench');
const c1 = process.cpuUsage(c0);
console.log(
  'load',
  performance.now() - t0,
  (c1.user + c1.system) / 1000,
  s.segments.map((x: any) => x.size),
);
const index = new SearchIndex({ textsOf: () => new Map() }, s);
const only = process.argv[3];
const cpu = () => {
  const c = process.cpuUsage();
  return (c.user + c.system) / 1e3;
};
for (const { name, queries } of queryClasses) {
  if (only && !name.includes(only)) continue;
  const reqs = queries.map((q) => {
    const { query } = parsePaperQuery(new URLSearchParams({ q }));
    const hasWords = query.where.some((c) => c.kind === 'text' || c.kind === 'anyOf');
    return {
      where: query.where,
      sort: query.sort ?? (hasWords ? 'relevance' : 'new'),
      offset: 0,
      limit: 30,
      facets: true,
      today: '2025-12-16',
    } as any;
  });
  for (let i = 0; i < 3; i++) for (const r of reqs) index.search(r);
  const ts: number[] = [];
  const per: string[] = [];
  for (const [qi, r] of reqs.entries()) {
    const own: number[] = [];
    for (let i = 0; i < (only ? 200 : 12); i++) {
      const a = cpu();
      index.search(r);
      own.push(cpu() - a);
    }
    own.sort((a, b) => a - b);
    ts.push(...own);
    per.push(queries[qi]!.slice(0, 14) + '=' + own[own.length >> 1]!.toFixed(1));
  }
  ts.sort((a, b) => a - b);
  console.log(name.padEnd(22), ts[ts.length >> 1]!.toFixed(2), ts[Math.floor(ts.length * 0.95)]!.toFixed(2), only ? '' : per.join(' '));
}
