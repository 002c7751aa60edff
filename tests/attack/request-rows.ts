/** Hostile requests: each row sends many of a kind and says how many were answered as they should be. */
import { request as httpRequest } from 'node:http';
import type { AttackRow, Outcome } from './attack-row.ts';
import { edgePaths } from './edge-paths.ts';
import type { Instance } from './instance.ts';
import { send, sendBytes, statusesIn } from './send-request.ts';
import { smuggledRequests } from './smuggled-requests.ts';

const row = (name: string, title: string, attack: (instance: Instance) => Promise<Outcome>): AttackRow => ({
  name: `requests-${name}`,
  title,
  needsOwnInstance: false,
  run: ({ instance }) => attack(instance),
});

/** The outcome of many tries of one kind: those that were not as they should be are named. */
function tally(tries: readonly { readonly what: string; readonly problem: string | null }[], figure = ''): Outcome {
  const bad = tries.filter(({ problem }) => problem !== null);
  const named = bad.slice(0, 4).map(({ what, problem }) => `${what}: ${problem}`);
  return {
    passed: bad.length === 0,
    seen: `${tries.length - bad.length} of ${tries.length} as they should be${figure}${named.length > 0 ? ` · ${named.join(' · ')}` : ''}`,
    figures: { tries: tries.length, bad: bad.length },
  };
}

const bodyBytesMax = 3_000_000;

/** Addresses with dates, pages, limits and cursors at every edge: none is a server error, none is slow, none is huge. */
async function askEdges({ url }: Instance): Promise<Outcome> {
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

/** Pages of days that nobody can have listed papers on. */
async function askImpossibleDays({ url }: Instance): Promise<Outcome> {
  const tries = [];
  for (const path of outOfRange) {
    const { status, ms } = await send(`${url}/papers/${path}`);
    tries.push({ what: path, problem: status === 404 && ms < 2000 ? null : `status ${status} after ${Math.round(ms)} ms` });
  }
  return tally(tries);
}

/** The front and the origin read a message in one way: no hidden request is answered, and the next client gets its own response. */
async function smuggle({ port, url }: Instance): Promise<Outcome> {
  const tries = [];
  for (const { what, bytes, responsesMax } of smuggledRequests(`127.0.0.1:${port}`)) {
    const statuses = statusesIn(await sendBytes(port, bytes, 300));
    const next = await Promise.all(Array.from({ length: 3 }, () => send(`${url}/api/v1/papers?limit=1`)));
    const isNextRight = next.every(({ status, body }) => status === 200 && body.includes('"papers"'));
    const problem =
      statuses.length > responsesMax ? `statuses ${statuses.join(', ')}` : isNextRight ? null : 'the next client got another response';
    tries.push({ what, problem });
  }
  return tally(tries);
}

const writing = ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY', 'LOCK'];
const readOnly = [
  '/',
  '/papers',
  '/papers/2504.00001',
  '/tags',
  '/status',
  '/api/v1/papers',
  '/api/health',
  '/feeds/papers.atom',
  '/feeds/papers.jsonl',
  '/og/made-up-1',
  '/sitemap.xml',
  '/robots.txt',
];

async function useOtherMethods({ port }: Instance): Promise<Outcome> {
  const tries = [];
  for (const method of writing)
    for (const path of readOnly) {
      const text = await sendBytes(
        port,
        `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      const status = statusesIn(text)[0];
      const isRight = status === 405 && /^allow: /im.test(text);
      tries.push({
        what: `${method} ${path}`,
        problem: isRight ? null : `status ${status}, ${/^allow: .*/im.exec(text)?.[0] ?? 'no Allow'}`,
      });
    }
  return tally(tries);
}

/** What reaches Next's decoder of actions, were it let through. */
async function callActions({ url }: Instance): Promise<Outcome> {
  const boundary = 'x'.repeat(20);
  const multipart = `--${boundary}\r\nContent-Disposition: form-data; name="1_$ACTION_ID_abc"\r\n\r\n\r\n--${boundary}--\r\n`;
  const kinds = [
    { what: 'Next-Action', headers: { 'next-action': 'a'.repeat(40) }, body: '[]' },
    { what: 'multipart', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body: multipart },
  ];
  const tries = [];
  for (const { what, headers, body } of kinds)
    for (const path of ['/', '/papers', '/tags']) {
      const { status } = await send(url + path, { method: 'POST', headers, body });
      tries.push({ what: `${what} ${path}`, problem: status === 400 || status === 405 ? null : `status ${status}` });
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

async function climb({ port }: Instance): Promise<Outcome> {
  const tries = [];
  for (const path of climbing) {
    const text = await sendBytes(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    const status = statusesIn(text)[0] ?? 0;
    const leaks = /root:x:|"dependencies"|SQLite format|DATABASE_URL=/.test(text);
    tries.push({
      what: path,
      problem: (status === 404 || status === 400 || status === 308) && !leaks ? null : `status ${status}${leaks ? ', file' : ''}`,
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

/** Wherever a redirect leads, it stays on this site. */
async function leadAway({ port }: Instance): Promise<Outcome> {
  const tries = [];
  for (const path of away) {
    const text = await sendBytes(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    const location = /^location: (.*)$/im.exec(text)?.[1]?.trim();
    const target = location === undefined ? null : URL.parse(location, `http://127.0.0.1:${port}`);
    tries.push({ what: path, problem: target && target.host !== `127.0.0.1:${port}` ? `leads to ${location}` : null });
  }
  return tally(tries);
}

/** The outbox behind a plain proxy, and what a page of another site could ask of a local server. */
async function lookFromOutside({ port, url }: Instance): Promise<Outcome> {
  const own = `127.0.0.1:${port}`;
  const kinds = [
    { what: 'outbox', path: '/outbox', headers: {}, status: 404 },
    { what: 'outbox with a forged cookie', path: '/outbox', headers: { cookie: 'pd_outbox=1' }, status: 404 },
    { what: 'outbox through a proxy', path: '/outbox', headers: { 'x-forwarded-for': '8.8.8.8' }, status: 404 },
    { what: 'outbox with a wrong key', path: '/outbox?key=wrong', headers: {}, status: 404 },
    { what: 'a foreign Host', path: '/papers', headers: { host: 'evil.example' }, status: 421 },
    { what: 'a foreign Host at /mcp', path: '/mcp', headers: { host: 'evil.example' }, status: 421 },
    { what: 'a foreign Origin', path: '/api/v1/papers', headers: { origin: 'https://evil.example' }, status: 403 },
    { what: 'Origin null', path: '/api/v1/papers', headers: { origin: 'null' }, status: 403 },
  ];
  const tries = [];
  for (const { what, path, headers, status } of kinds) {
    const response = await send(url + path, { headers: { host: own, ...headers } });
    tries.push({ what, problem: response.status === status ? null : `status ${response.status} instead of ${status}` });
  }
  const { headers } = await send(`${url}/api/v1/papers`);
  tries.push({ what: 'CORS', problem: headers['access-control-allow-origin'] === undefined ? null : 'any site may read a local server' });
  return tally(tries);
}

const required = [
  'content-security-policy',
  'x-content-type-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'referrer-policy',
];

/** Every response has the headers that browsers are protected by, also the shortest. */
async function lookAtHeaders({ port }: Instance): Promise<Outcome> {
  const host = `Host: 127.0.0.1:${port}\r\n`;
  const raw = [
    ['a page', `GET /papers HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
    ['a missing page', `GET /nothing HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
    ['308', `GET /papers/ HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
    ['400', `GET /papers HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`],
    ['400, no HTTP', 'nonsense\r\n\r\n'],
    ['405', `PUT /papers HTTP/1.1\r\n${host}Content-Length: 0\r\nConnection: close\r\n\r\n`],
    ['421', `GET /papers HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`],
    ['431', `GET /papers HTTP/1.1\r\n${host}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['an API response', `GET /api/v1/papers HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
    ['an export', `GET /feeds/papers.csv HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
    ['a script', `GET /preferences.js HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
    ['/livez', `GET /livez HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
  ] as const;
  const tries = [];
  for (const [what, bytes] of raw) {
    const head = (await sendBytes(port, bytes)).split('\r\n\r\n')[0]?.toLowerCase() ?? '';
    const missing = required.filter((name) => !head.includes(`\r\n${name}:`));
    tries.push({ what, problem: head === '' ? 'no response' : missing.length > 0 ? `without ${missing.join(', ')}` : null });
  }
  return tally(tries);
}

/** Bodies that nobody wants are refused or drained, and cost no memory. */
async function sendLargeBodies(instance: Instance): Promise<Outcome> {
  const before = instance.memory();
  const tries = [];
  for (const [path, type] of [
    ['/papers', 'text/plain'],
    ['/mcp', 'application/json'],
    ['/subscribe/request', 'application/x-www-form-urlencoded'],
  ] as const) {
    const status = await sendMegabytes(instance.url + path, type, 300);
    tries.push({ what: path, problem: status === 0 || (status >= 400 && status < 500) ? null : `status ${status}` });
  }
  const grown = Math.round(instance.memory() - before);
  tries.push({ what: 'memory', problem: grown > 150 ? `${grown} MB more` : null });
  return tally(tries, Number.isNaN(grown) ? '' : `, ${grown} MB more`);
}

/** The status, or 0 when the connection was closed instead. */
function sendMegabytes(url: string, type: string, megabytes: number): Promise<number> {
  const chunk = Buffer.alloc(1_000_000, 'a');
  return new Promise((resolve) => {
    const sent = httpRequest(url, { method: 'POST', headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    sent.on('error', () => resolve(0));
    let left = megabytes;
    const write = () => {
      while (left-- > 0) if (!sent.write(chunk)) return void sent.once('drain', write);
      sent.end();
    };
    write();
  });
}

export const requestRows = [
  row('impossible-days', 'days, weeks and months that no paper can have', askImpossibleDays),
  row('edges', 'every address with dates, numbers and cursors at their edges', askEdges),
  row('smuggling', 'a request hidden in another one', smuggle),
  row('methods', 'methods that an address does not know', useOtherMethods),
  row('actions', 'calls of server actions and multipart forms', callActions),
  row('climbing', 'paths that climb out of their folder', climb),
  row('redirects', 'addresses that could lead to another site', leadAway),
  row('outside', 'the outbox and a local server as strangers see them', lookFromOutside),
  row('headers', 'the security headers of every kind of response', lookAtHeaders),
  row('large-bodies', 'bodies of 300 MB', sendLargeBodies),
];
