/** Requests of every kind of route: pages, feeds, exports, APIs, errors, methods and forms. */

export type RouteRequest = {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

const filters = [
  '',
  '?q=decoder',
  '?q=%22language+model%22+-image',
  '?tag=nlp&authors=1..3',
  '?published=2024',
  '?q=autor%3Ax',
  '?has=code&sort=upvotes',
  '?q=zzzz',
  '?q=spekulative',
];
const formats = ['atom', 'rss', 'json', 'bib', 'ris', 'csl.json', 'csv', 'md', 'jsonl'];
const ids = [
  '2512.10430',
  '2512.13687',
  '2405.14906',
  'nothing-of-the-kind',
  '2512.10430v2',
  'arXiv:2512.10430',
  '%ff',
  'a%2Fb',
];
const periods = [
  'date/2025-12-16',
  'date/2025-12-15',
  'week/2025-W51',
  'month/2025-12',
  'date/2025-02-30',
  'week/2025-W54',
  'month/2025-13',
  'date/nonsense',
];

const lists = filters.flatMap((filter) => [
  `/papers${filter}`,
  `/api/v1/papers${filter}`,
  ...formats.map((format) => `/feeds/papers.${format}${filter}`),
  `/api/papers/search${filter}`,
]);

const pages = [
  '/',
  '/tags',
  '/tags/nlp',
  '/tags/nothing',
  '/status',
  '/library',
  '/api',
  '/subscribe',
  '/subscribe/requested',
  '/subscribe/forgotten',
  '/subscribe/preview?q=decoder',
  '/authors/nobody',
  '/papers/trending',
  '/papers?page=2',
  '/papers?page=99999',
  '/nothing',
  '/papers/',
  '/PAPERS',
  '/outbox',
  '/subscription/nothing',
  '/papers/search?q=decoder',
];

const programs = [
  '/api/v1/tags',
  '/api/v1/days',
  '/api/v1/palette',
  '/api/v1/suggest?q=dec',
  '/api/v1/suggest/opensearch?q=dec',
  '/api/v1/papers?limit=3',
  '/api/v1/papers?limit=0',
  '/api/v1/papers?nonsense=1',
  '/api/v1/papers?cursor=x',
  '/api/v1/nothing',
  '/api/daily_papers',
  '/api/daily_papers?date=2025-12-16',
  '/api/daily_papers?week=2025-W51',
  '/api/daily_papers?month=2025-12',
  '/api/daily_papers?date=x',
  '/api/daily_papers?sort=trending&limit=3',
  '/api/papers',
  '/api/papers?limit=2',
  '/api/health',
  '/api/openapi.json',
  '/sitemap.xml',
  '/sitemaps/1.xml',
  '/sitemaps/2.xml',
  '/robots.txt',
  '/llms.txt',
  '/opensearch.xml',
  '/feeds/topics.opml',
  '/feeds/nothing.atom',
  '/feeds/papers.xyz',
  '/.well-known/security.txt',
  '/manifest.webmanifest',
  '/favicon.svg',
  '/preferences.js',
];

const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const call = (method: string, params: unknown) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
const tools = [
  ['tools/list', {}],
  ['tools/call', { name: 'search_papers', arguments: { query: 'decoder' } }],
  ['tools/call', { name: 'list_day', arguments: {} }],
  ['tools/call', { name: 'cite', arguments: { ids: ['2512.10430'] } }],
  ['tools/call', { name: 'nothing', arguments: {} }],
] as const;

const form = (values: Readonly<Record<string, string>>): string => new URLSearchParams(values).toString();
const ofAForm = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

export const requestsOfEveryKind: readonly RouteRequest[] = [
  ...[...pages, ...programs, ...lists].map((path) => ({ path })),
  ...ids.flatMap((id) =>
    [
      `/papers/${id}`,
      `/papers/${id}.md`,
      `/api/papers/${id}`,
      `/api/v1/papers/${id}`,
      `/api/v1/papers/${id}/related`,
      `/api/arxiv/${id}/repos`,
    ].map((path) => ({ path })),
  ),
  ...periods.map((period) => ({ path: `/papers/${period}` })),
  { path: '/papers/2512.10430', headers: { accept: 'text/markdown' } },
  { path: '/papers', headers: { rsc: '1' } },
  ...['POST', 'PUT', 'DELETE', 'TRACE', 'OPTIONS', 'HEAD'].flatMap((method) =>
    ['/', '/papers', '/api/v1/papers', '/feeds/papers.atom', '/mcp', '/subscribe/request'].map((path) => ({
      path,
      method,
    })),
  ),
  ...tools.map(([method, params]) => ({ path: '/mcp', method: 'POST', headers: json, body: call(method, params) })),
  { path: '/mcp', method: 'POST', headers: json, body: '{' },
  {
    path: '/subscribe/request',
    method: 'POST',
    headers: ofAForm,
    body: form({ address: 'reader@example.org', q: 'decoder', hour: '7', zone: 'UTC' }),
  },
  { path: '/subscribe/request', method: 'POST', headers: ofAForm, body: form({ address: 'nonsense', q: 'decoder' }) },
  {
    path: '/subscribe/request',
    method: 'POST',
    headers: { ...ofAForm, 'sec-fetch-site': 'cross-site' },
    body: form({ address: 'a@example.org' }),
  },
];
