/** Days, weeks, months and years at the edges: every kind of address responds quickly with a few kilobytes. */
import { expect, test } from 'vitest';
import { aLibrary } from '#tests/a-library.ts';
import { openSite } from '#tests/call-site.ts';
import { poison } from '#tests/poison.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';

/** A month's page reads and renders some hundred days. */
const daysMax = 1_500;
const questionsMax = 40;
const bytesMax = 150_000;

const shownYears = ['1900', '1904', '2000', '2024', '2026', '2199'];
const otherYears = ['0000', '0001', '0002', '0003', '0099', '0100', '0999', '1000', '1899', '2200', '9998', '9999'];
const nonsense = [
  '2147483647',
  '2147483648',
  '-2147483648',
  '99999999999999999999',
  '1e9',
  '10000',
  '+010000-01-01',
  '-000001-01-01',
  '-001-01-01',
  '10000-01-01',
  '2147483647-12-31',
  '2025-02-30',
  '2023-02-29',
  '1900-02-29',
  '2100-02-29',
  '2025-13-01',
  '2025-00-10',
  '2025-13',
  '2025-00',
  '2025-W00',
  '2025-W53',
  '2025-W54',
  '2025-W99',
  '2026-W54',
  'NaN',
  '0',
];
const ends = ['01-01', '02-28', '12-27', '12-30', '12-31'];
const daysOf = (years: readonly string[]) => years.flatMap((year) => ends.map((end) => `${year}-${end}`));
const monthsOf = (years: readonly string[]) =>
  years.flatMap((year) => ['01', '02', '11', '12'].map((month) => `${year}-${month}`));
const weeksOf = (years: readonly string[]) =>
  years.flatMap((year) => ['W01', 'W51', 'W52'].map((week) => `${year}-${week}`));

const shown = {
  date: [...daysOf(shownYears), '2024-02-29', '2000-02-29', '1904-02-29'],
  week: [...weeksOf(shownYears), '2026-W53', '2020-W53'],
  month: monthsOf(shownYears),
};
const notShown = {
  date: [...daysOf(otherYears), ...nonsense],
  week: [...weeksOf(otherYears), '9999-W53', '0000-W00', '2200-W01', '1899-W52', ...nonsense],
  month: [...monthsOf(otherYears), ...nonsense],
};
const kinds = ['date', 'week', 'month'] as const;
const years = [...shownYears, ...otherYears];
const everything = [
  ...years.flatMap((year) => [year, `${year}-12-31`, `${year}-12`, `${year}-W52`]),
  '2026-W53',
  '2024-02-29',
  ...nonsense,
];

async function aSite(file?: string) {
  const open = openSite(aLibrary(file ?? (await aStoreWithPapers()).file), daysMax);
  return async (address: string, init?: RequestInit) => {
    const { status, body, work } = await open(address, init);
    const size = Buffer.byteLength(body);
    expect(work.questions, `${address}: questions`).toBeLessThanOrEqual(questionsMax);
    expect(size, `${address}: bytes`).toBeLessThanOrEqual(bytesMax);
    return { status, body };
  };
}

test('exactly the days, weeks and months from 1900 to 2199 have a page', async () => {
  const ask = await aSite();
  for (const kind of kinds) {
    for (const text of shown[kind]) expect((await ask(`/papers/${kind}/${text}`)).status, `${kind} ${text}`).toBe(200);
    for (const text of notShown[kind]) {
      const { status, body } = await ask(`/papers/${kind}/${encodeURIComponent(text)}`);
      expect(status, `${kind} ${text}`).toBe(404);
      expect(body).toMatch(/has no page: days, weeks and months from 1900 to 2199 have one|is not a/);
    }
  }
}, 300_000);

test('the Hugging Face API responds with 400 and a message to periods outside 1900 to 2199', async () => {
  const ask = await aSite();
  for (const kind of kinds) {
    for (const text of shown[kind]) {
      const isToCome = kind === 'date' && text > '2026-01-15';
      expect((await ask(`/api/daily_papers?${kind}=${text}`)).status, `${kind} ${text}`).toBe(isToCome ? 400 : 200);
    }
    for (const text of notShown[kind]) {
      const { status, body } = await ask(`/api/daily_papers?${kind}=${encodeURIComponent(text)}`);
      expect([status, body.length > 20], `${kind} ${text}`).toEqual([400, true]);
    }
  }
}, 300_000);

test('pages, feeds and the API accept any day as an end of a range', async () => {
  const ask = await aSite();
  for (const address of ['/papers', '/feeds/papers.atom', '/api/v1/papers'])
    for (const name of ['published', 'listed'])
      for (const text of [
        ...otherYears.flatMap((year) => [year, `${year}-01-01`, `${year}-12-31`]),
        '0001-W01',
        '2200-01',
        '9999-W51',
      ])
        for (const range of [`${text}..`, `..${text}`, `>=${text}`, `<=${text}`]) {
          const { status, body } = await ask(`${address}?${name}=${encodeURIComponent(range)}`);
          expect(status, `${address} ${name}=${range}`).toBe(200);
          expect(body).not.toContain('means nothing to the parameter');
        }
}, 300_000);

test('an impossible listing day, week or month is rejected alone, a year is not', async () => {
  const ask = await aSite();
  for (const text of ['1899-12-31', '2200-01-01', '9999-12-31', '0001-01-01', '2200-W01', '9999-12', '0000-01'])
    expect((await ask(`/api/v1/papers?listed=${text}`)).status, text).toBe(400);
  expect((await ask('/api/v1/papers?published=1899-12-31')).status).toBe(200);
  expect((await ask('/api/v1/papers?published=0999-12-31')).status).toBe(400);
  for (const year of years) expect((await ask(`/api/v1/papers?listed=${year}`)).status, year).toBe(200);
}, 300_000);

const addresses = (text: string): readonly string[] => {
  const value = encodeURIComponent(text);
  return [
    `/papers?listed=${value}`,
    `/papers?published=%3E${value}`,
    `/papers?published=%3C${value}`,
    `/papers?published=${value}..${value}`,
    `/papers?q=published:${value}`,
    `/papers?q=listed:..${value}`,
    `/papers?page=${value}`,
    `/?published=${value}`,
    `/papers/trending?listed=${value}`,
    `/tags/cs.se?published=${value}`,
    `/authors/Jane%20Doe?published=${value}`,
    `/papers/${value}`,
    `/feeds/papers.atom?listed=${value}`,
    `/feeds/papers.rss?published=${value}..`,
    `/feeds/papers.json?q=published:${value}`,
    `/feeds/papers.bib?published=..${value}`,
    `/api/v1/papers?listed=${value}`,
    `/api/v1/papers?published=..${value}`,
    `/api/v1/papers?q=listed:${value}..`,
    `/api/v1/papers?limit=${value}`,
    `/api/v1/papers/${value}`,
    `/api/v1/suggest?q=published:${value}`,
    `/api/daily_papers?p=${value}`,
    `/api/papers/${value}`,
    `/api/papers/search?q=${value}`,
    `/sitemaps/papers-${value}.xml`,
  ];
};

test('every other address with a text responds with 200, 400 or 404 to edge dates', async () => {
  const ask = await aSite();
  for (const text of everything)
    for (const address of addresses(text)) expect([200, 308, 400, 404], address).toContain((await ask(address)).status);
}, 600_000);

test('the MCP server reports a day outside 1900 to 2199', async () => {
  const ask = await aSite();
  for (const day of ['0001-01-01', '1899-12-31', '2200-01-01', '9999-12-31']) {
    const params = { name: 'list_day', arguments: { day } };
    const { body } = await ask('/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    });
    expect(body, day).toContain('days from 1900-01-01 to 2199-12-31 have listings');
  }
});

test('impossible dates of an older store are not shown or linked', async () => {
  const { file, database } = await aStoreWithPapers();
  poison(database, '2405.14906', {
    publishedOn: '9999-12-31',
    listingDays: ['0000-01-01', '9999-12-30', '9999-12-31'],
  });
  poison(database, '2406.00105', { publishedOn: '0001', listingDays: ['2200-01-01', '1899-12-31', '2199-12-31'] });
  database.exec(
    `INSERT INTO Source (name, askedAt, answeredAt, latestDay) VALUES ('hf', '2025-12-16', '2025-12-16', '9999-12-31')`,
  );
  const ask = await aSite(file);
  const lists = [
    '/',
    '/papers',
    '/papers/trending',
    '/papers/2405.14906',
    '/papers/date/2199-12-31',
    '/papers/date/9999-12-31',
  ];
  const others = [
    '/tags',
    '/tags/cs.se',
    '/authors/Jane%20Doe',
    '/status',
    '/feeds/papers.atom',
    '/feeds/papers.json',
    '/feeds/papers.ris',
  ];
  const apis = [
    '/api/v1/papers',
    '/api/v1/days',
    '/api/v1/tags',
    '/api/v1/status',
    '/api/daily_papers',
    '/api/papers/2405.14906',
  ];
  for (const address of [
    ...lists,
    ...others,
    ...apis,
    '/sitemaps/pages.xml',
    '/papers/month/2199-12',
    '/papers/week/2199-W52',
  ]) {
    const { status, body } = await ask(address);
    expect(status, address).toBe(address === '/papers/date/9999-12-31' ? 404 : 200);
    expect(body, address).not.toMatch(/papers\/(?:date|week|month)\/(?:0000|0001|1899|2200|9999)/);
    if (!address.includes('9999')) expect(body, address).not.toContain('9999-12');
  }
});
