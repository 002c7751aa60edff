/** Attacks by address: extreme dates and numbers, path traversal and open redirects. */
import type { Outcome } from './attack-row.ts';
import { edgePaths } from './edge-paths.ts';
import type { Instance } from './instance.ts';
import { send, sendBytes, statusesIn } from './send-request.ts';
import { tally } from './tally.ts';

const bodyBytesMax = 3_000_000;

/** Extreme dates, pages, limits and cursors. No response may be a server error, slow or huge. */
export async function askEdges({ url }: Instance): Promise<Outcome> {
  let slowestMs = 0;
  const tries = [];
  for (const path of edgePaths) {
    const response = await send(url + path).catch((error: Error) => error);
    if (response instanceof Error) {
      tries.push({ what: path, problem: response.message });
      continue;
    }
    slowestMs = Math.max(slowestMs, response.ms);
    const problem =
      response.status >= 500
        ? `status ${response.status}`
        : response.body.length > bodyBytesMax
          ? `${response.body.length} bytes`
          : response.ms > 5000
            ? `${Math.round(response.ms)} ms`
            : null;
    tries.push({ what: path, problem });
  }
  return tally(tries, `, the slowest after ${Math.round(slowestMs)} ms`);
}

const outOfRange = [
  'date/9999-12-31',
  'date/9999-12-30',
  'month/9999-12',
  'month/9999-11',
  'week/9999-W51',
  'date/0001-01-01',
  'date/0000-01-01',
  'date/1899-12-31',
  'date/2200-01-01',
  'month/2200-01',
  'week/2200-W01',
  'week/1899-W52',
];

/** Pages of days that cannot have listed papers. */
export async function askImpossibleDays({ url }: Instance): Promise<Outcome> {
  const tries = [];
  for (const path of outOfRange) {
    const { status, ms } = await send(`${url}/papers/${path}`);
    tries.push({
      what: path,
      problem: status === 404 && ms < 2000 ? null : `status ${status} after ${Math.round(ms)} ms`,
    });
  }
  return tally(tries);
}

const climbing = [
  '/_next/../../package.json',
  '/_next/static/%2e%2e/%2e%2e/package.json',
  '/outbox/..%2f..%2fdigest.db',
  '/outbox/%2e%2e%5cdigest.db',
  '/feeds/..%2f..%2f.env',
  '/og/..%2f..%2fetc%2fpasswd',
  '/sitemaps/..%2f1.xml',
  '/%00',
  '/papers/%00',
  '/_next/image?url=%2fetc%2fpasswd&w=64&q=75',
  '/.env',
  '/.git/config',
  '/data/digest.db',
  '/_next/data/x/index.json',
  '/__nextjs_original-stack-frame',
  '/_next/webpack-hmr',
];

export async function climb({ port }: Instance): Promise<Outcome> {
  const tries = [];
  for (const path of climbing) {
    const text = await sendBytes(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    const status = statusesIn(text)[0] ?? 0;
    const leaks = /root:x:|"dependencies"|SQLite format|DATABASE_URL=/.test(text);
    tries.push({
      what: path,
      problem:
        (status === 404 || status === 400 || status === 308) && !leaks
          ? null
          : `status ${status}${leaks ? ', file' : ''}`,
    });
  }
  return tally(tries);
}

const away = [
  '//evil.example',
  '/\\evil.example',
  '/%2f%2fevil.example',
  '/%5cevil.example',
  '///evil.example/..',
  '/papers//evil.example/',
  '//evil.example/%2e%2e',
  '/.//evil.example',
  '/papers/search?q=x&next=//evil.example',
  '/subscribe/?x=//evil.example',
];

/** Every redirect must stay on this site. */
export async function leadAway({ port }: Instance): Promise<Outcome> {
  const tries = [];
  for (const path of away) {
    const text = await sendBytes(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    const location = /^location: (.*)$/im.exec(text)?.[1]?.trim();
    const target = location === undefined ? null : URL.parse(location, `http://127.0.0.1:${port}`);
    tries.push({ what: path, problem: target && target.host !== `127.0.0.1:${port}` ? `leads to ${location}` : null });
  }
  return tally(tries);
}
