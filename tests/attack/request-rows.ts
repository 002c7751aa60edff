/** Hostile requests: each row sends many of a kind and counts the correct responses. */
import { askEdges, askImpossibleDays, climb, leadAway } from './address-attacks.ts';
import type { AttackRow, Outcome } from './attack-row.ts';
import type { Instance } from './instance.ts';
import { sendLargeBodies } from './large-bodies.ts';
import { send, sendBytes, statusesIn } from './send-request.ts';
import { smuggledRequests } from './smuggled-requests.ts';
import { tally } from './tally.ts';

const row = (name: string, title: string, attack: (instance: Instance) => Promise<Outcome>): AttackRow => ({
  name: `requests-${name}`,
  title,
  needsOwnInstance: false,
  run: ({ instance }) => attack(instance),
});

/** Request smuggling: no hidden request gets a response, and the next client gets its own response. */
async function smuggle({ port, url }: Instance): Promise<Outcome> {
  const tries = [];
  for (const { what, bytes, responsesMax } of smuggledRequests(`127.0.0.1:${port}`)) {
    const statuses = statusesIn(await sendBytes(port, bytes, 300));
    const next = await Promise.all(Array.from({ length: 3 }, () => send(`${url}/api/v1/papers?limit=1`)));
    const isNextRight = next.every(({ status, body }) => status === 200 && body.includes('"papers"'));
    const problem =
      statuses.length > responsesMax
        ? `statuses ${statuses.join(', ')}`
        : isNextRight
          ? null
          : 'the next client got another response';
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

/** Bodies that would reach Next's decoder of server actions. */
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

/** The outbox behind a plain proxy, and requests of other sites to a local server. */
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
  tries.push({
    what: 'CORS',
    problem: headers['access-control-allow-origin'] === undefined ? null : 'any site may read a local server',
  });
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

/** Every response must have the security headers. */
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
    tries.push({
      what,
      problem: head === '' ? 'no response' : missing.length > 0 ? `without ${missing.join(', ')}` : null,
    });
  }
  return tally(tries);
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
