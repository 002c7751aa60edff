/** The rows with load: each has an attack, and limits for a victim's latencies. */
import { loadRow } from './load-row.ts';
import { ingestMadeUp } from './made-up-papers.ts';

const seconds = 6;
const search = '/papers?q={n}';
const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const call = (n: number) =>
  `{"jsonrpc":"2.0","id":${n},"method":"tools/call","params":{"name":"search_papers","arguments":{"query":"model {n}x${n}"}}}`;
const batch = `[${Array.from({ length: 20 }, (_, n) => call(n)).join(',')}]`;

export const loadRows = [
  loadRow({
    name: 'searches-100',
    title: '100 connections, each search another one',
    attack: { kind: 'loop', connections: 100, seconds, path: search },
    seconds,
  }),
  loadRow({
    name: 'searches-1000',
    title: '1,000 connections, each search another one',
    attack: { kind: 'loop', connections: 1000, seconds, path: search },
    seconds,
    overflows: true,
  }),
  loadRow({
    name: 'cookie-100',
    title: '100 connections with a cookie, the same page',
    attack: { kind: 'loop', connections: 100, seconds, path: '/papers', headers: { cookie: 'a=b' } },
    seconds,
  }),
  loadRow({
    name: 'cookie-searches-100',
    title: '100 connections with a cookie, each search another one',
    attack: { kind: 'loop', connections: 100, seconds, path: search, headers: { cookie: 'a=b' } },
    seconds,
  }),
  loadRow({
    name: 'post-100',
    title: '100 connections POST /papers',
    attack: { kind: 'loop', connections: 100, seconds, method: 'POST', path: search, body: 'a=b' },
    seconds,
  }),
  loadRow({
    name: 'forms-100',
    title: '100 connections POST /subscribe/request',
    attack: {
      kind: 'loop',
      connections: 100,
      seconds,
      method: 'POST',
      path: '/subscribe/request',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: 'address={n}%40example.org',
    },
    seconds,
  }),
  loadRow({
    name: 'pictures-50',
    title: '50 connections, pictures with another query string each',
    attack: { kind: 'loop', connections: 50, seconds, path: '/og/made-up-1?x={n}' },
    seconds,
  }),
  loadRow({
    name: 'missing-100',
    title: '100 connections, pages that do not exist',
    attack: { kind: 'loop', connections: 100, seconds, path: '/nothing/{n}' },
    seconds,
  }),
  loadRow({
    name: 'closed-5000',
    title: '5,000 requests, each connection closed at once',
    attack: { kind: 'sendAndClose', count: 5000, path: '/papers?q=c' },
    seconds: 10,
  }),
  loadRow({
    name: 'pipelined-5000',
    title: '5,000 pipelined requests on one connection that reads nothing',
    attack: { kind: 'pipeline', count: 5000, path: '/papers?q=p', seconds: 8 },
    seconds: 8,
  }),
  loadRow({
    name: 'mcp-10',
    title: 'MCP, 10 connections with batches of 20 searches',
    attack: { kind: 'loop', connections: 10, seconds, method: 'POST', path: '/mcp', headers: json, body: batch },
    seconds,
  }),
  loadRow({
    name: 'exports-20',
    title: '20 whole exports at full speed',
    attack: { kind: 'loop', connections: 20, seconds: 10, path: '/feeds/papers.jsonl' },
    seconds: 10,
  }),
  loadRow({
    name: 'sitemaps-20',
    title: '20 connections, whole sitemaps',
    attack: { kind: 'loop', connections: 20, seconds, path: '/sitemaps/1.xml' },
    seconds,
  }),
  loadRow({
    name: 'slow-readers-100',
    title: '100 readers of the export at a byte a second, beside an ingest of 5,000',
    attack: { kind: 'readSlowly', connections: 100, seconds: 60, path: '/feeds/papers.jsonl' },
    // During the few seconds of the ingest, each new revision invalidates the page cache.
    seconds: 60,
    beside: ({ instance }) => ingestMadeUp(instance.databaseFile, 5000),
  }),
  loadRow({
    name: 'slow-heads-1000',
    title: '1,000 connections that never end their head',
    attack: { kind: 'sendHeadSlowly', connections: 1000, seconds: 14, path: '/papers' },
    seconds: 14,
  }),
  loadRow({
    name: 'slow-bodies-1000',
    title: '1,000 connections that never end a body on /mcp',
    attack: { kind: 'sendBodySlowly', connections: 1000, seconds: 10, path: '/mcp' },
    seconds: 10,
  }),
  loadRow({
    name: 'aborts-50',
    title: '50 connections broken off at random, half requests, bytes of TLS',
    attack: { kind: 'breakOff', connections: 50, seconds, path: '/papers?q=b' },
    seconds,
  }),
];
