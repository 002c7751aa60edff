/** `npm run bench feeds -- [PAPERS]`: feeds and API, 200 and 304, compared with a bare node:http server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillWithMadeUpPapers } from '#tests/bench-papers.ts';
import { ask, measureRate, type Rate, startBare, startSite } from '#tests/bench-site.ts';

const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
const databaseFile = join(folder, 'digest.db');

const addresses = [
  '/feeds/papers.atom',
  '/feeds/papers.rss',
  '/feeds/papers.json',
  '/feeds/papers.atom?q=speculative+decoding',
  '/api/v1/papers',
  '/api/v1/papers?q=speculative+decoding&limit=10',
  '/api/v1/papers/made-up-7',
  '/api/v1/tags',
  '/api/v1/suggest?q=spec',
  '/api/daily_papers?limit=20',
  '/api/papers/search?q=speculative+decoding&limit=20',
  '/api/papers/made-up-7',
  '/papers/made-up-7.md',
];

try {
  await fillWithMadeUpPapers(databaseFile, Number(process.argv[2] ?? 10_000));
  const site = await startSite(databaseFile);
  console.log(
    '\n| address | KB | answer | site, requests/s | CPU ms each | bare, requests/s | CPU ms each |\n|---|---|---|---|---|---|---|',
  );
  try {
    for (const path of addresses) {
      const first = await ask(`${site.origin}${path}`);
      const bare = await startBare(first, folder);
      for (const headers of [{}, { 'if-none-match': first.etag }] as Record<string, string>[]) {
        const [ours, theirs] = [await measureRate(site, path, headers), await measureRate(bare, '/', headers)];
        const name = headers['if-none-match'] === undefined ? 200 : 304;
        console.log(
          `| \`${path}\` | ${Math.round(first.body.length / 1000)} | ${name} | ${toCells(ours)} | ${toCells(theirs)} |`,
        );
      }
      await bare.stop();
    }
  } finally {
    await site.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function toCells({ perSecond, cpuMs }: Rate): string {
  return `${Math.round(perSecond).toLocaleString('en')} | ${cpuMs.toFixed(2)}`;
}
