/** Addresses with extreme days, numbers, cursors and queries. */

const years = ['0000', '0001', '0099', '0100', '1000', '1899', '1900', '2024', '2199', '2200', '9999'];
const days = [
  ...years.flatMap((year) => [`${year}-01-01`, `${year}-12-31`, `${year}-02-29`]),
  '2024-02-30',
  '2024-00-01',
  '2024-13-01',
  '-001-01-01',
  '+12024-01-01',
  '2147483647-01-01',
];
const weeks = years.flatMap((year) => ['W00', 'W01', 'W52', 'W53', 'W54'].map((week) => `${year}-${week}`));
const months = years.flatMap((year) => ['00', '01', '12', '13'].map((month) => `${year}-${month}`));
const numbers = [
  '-1',
  '0',
  '1',
  '99',
  '101',
  '2147483647',
  '2147483648',
  '4294967296',
  '9007199254740993',
  '1e9',
  '0x10',
  'NaN',
  '',
];
const periods = [...days, ...weeks, ...months, ...years];

/** Queries that are expensive for a careless search engine. */
const queries = [
  Array.from({ length: 48 }, (_, n) => `term${n}`).join(' OR '),
  [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `${letter}*`).join(' '),
  `"${Array.from({ length: 60 }, () => 'model').join(' ')}"`,
  'model '.repeat(80),
  'x'.repeat(4000),
  '('.repeat(500),
  '"'.repeat(501),
  '-'.repeat(500),
  `${'NOT '.repeat(200)}x`,
  'author:a* tag:b* "c d" -e',
  'published:0001..9999 listed:..9999 authors:0..99999999999',
  '*',
  '"a"*',
  'id:'.repeat(100),
  '\u0000\ud800 😀 ﷽',
];

export const edgePaths: readonly string[] = [
  ...days.map((day) => `/papers/date/${day}`),
  ...weeks.map((week) => `/papers/week/${week}`),
  ...months.map((month) => `/papers/month/${month}`),
  ...days.map((day) => `/api/daily_papers?date=${day}`),
  ...weeks.map((week) => `/api/daily_papers?week=${week}`),
  ...months.map((month) => `/api/daily_papers?month=${month}`),
  ...periods.flatMap((period) => [
    `/papers?published=${period}`,
    `/api/v1/papers?listed=..${period}&limit=1`,
    `/feeds/papers.atom?listed=${period}..`,
  ]),
  ...periods.map((period) => `/api/v1/papers?q=published%3A${period}..&limit=1`),
  ...numbers.flatMap((number) => [
    `/papers?page=${number}`,
    `/papers?authors=${number}`,
    `/papers?upvotes=${number}..`,
    `/api/v1/papers?limit=${number}`,
    `/api/daily_papers?p=${number}&limit=${number}`,
    `/api/papers?limit=${number}`,
    `/sitemaps/${number}.xml`,
    `/api/v1/tags?limit=${number}`,
    `/api/v1/suggest?q=a&at=${number}`,
  ]),
  ...numbers.map((cursor) => `/api/v1/papers?cursor=${cursor}`),
  ...queries.flatMap((query) => [
    `/papers?q=${encodeURIComponent(query.toWellFormed())}`,
    `/api/v1/papers?q=${encodeURIComponent(query.toWellFormed())}`,
    `/feeds/papers.atom?q=${encodeURIComponent(query.toWellFormed())}`,
    `/api/v1/suggest?q=${encodeURIComponent(query.toWellFormed())}`,
  ]),
  `/papers?${Array.from({ length: 700 }, (_, n) => `tag=t${n}`).join('&')}`,
  `/papers?${Array.from({ length: 900 }, () => 'q=a').join('&')}`,
];
