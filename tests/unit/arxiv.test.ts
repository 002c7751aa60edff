/** arXiv's search, harvest and announcements: what they say in our words, and their habits of empty pages, stale order and dead tokens. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Day } from '#core/day';
import { FetchFailure } from '#core/http';
import { parseXml } from '#ingest/parse-xml';
import { arxivOai, toSet } from '#ingest/sources/arxiv-oai';
import { parseOai } from '#ingest/sources/arxiv-oai-page';
import { arxivAddress, toArxivEvent } from '#ingest/sources/arxiv-paper';
import { arxivRss } from '#ingest/sources/arxiv-rss';
import { arxivSearch } from '#ingest/sources/arxiv-search';
import { withChaos } from '#tests/chaos-server';
import { fetchedAt, runSource } from '#tests/fetching';
import { type Handler, startServer } from '#tests/local-server';
import { type ArxivEntry, atomFeed, replayArxiv } from '#tests/replay-server';

async function aServer(handler: Handler) {
  const server = await startServer(handler);
  onTestFinished(server.close);
  return server;
}

/** `perDay` papers a day, in an order that is not by date. */
function entriesOf(days: readonly string[], perDay: number): ArxivEntry[] {
  const all = days.flatMap((day) =>
    Array.from({ length: perDay }, (_, i) => ({
      id: `2405.${day.slice(8)}${String(i).padStart(3, '0')}v1`,
      published: `${day}T${String(i % 24).padStart(2, '0')}:00:00Z`,
    })),
  );
  return all
    .map((entry, i) => ({ entry, key: (i * 7919) % all.length }))
    .sort((a, b) => a.key - b.key)
    .map(({ entry }) => entry);
}
const range = { categories: ['cs.CL', 'cs.LG'], from: '2024-05-01' as Day, to: '2024-05-04' as Day };
const may = ['2024-05-01', '2024-05-02', '2024-05-03', '2024-05-04'];

describe('search', () => {
  it('says an entry in our words', async () => {
    const server = await aServer(
      replayArxiv([{ id: 'hep-th/9901001v3', published: '2024-05-02T10:00:00Z', title: 'A\n  title &amp; $x&lt;1$' }]),
    );
    expect((await runSource(arxivSearch, range, { endpoint: server.origin })).records).toEqual([
      {
        source: 'arxiv',
        arxivId: 'hep-th/9901001',
        version: 3,
        otherIds: [],
        title: 'A title & $x<1$',
        abstract: 'Words about hep-th/9901001v3 with a <tag> & more.',
        authors: ['Ada Lovelace', 'Büchi'],
        authorCount: 2,
        publishedOn: '2024-05-02',
        listings: [],
        links: [],
        categories: ['cs.CL', 'cs.LG'],
        keywords: [],
        comment: '9 pages',
        withdrawn: false,
        fetchedAt,
      },
    ]);
    expect(server.asked[0]?.url.searchParams.get('search_query')).toBe(
      '(cat:cs.CL OR cat:cs.LG) AND submittedDate:[202405010000 TO 202405042359]',
    );
  });

  it('cuts a long range into slices, sorts them again, and goes on after the last', async () => {
    const entries = entriesOf(may, 900);
    const server = await aServer(replayArxiv(entries));
    const run = await runSource(arxivSearch, range, { endpoint: server.origin });
    const days = run.records.map((record) => record.publishedOn);
    expect(new Set(run.records.map((record) => record.arxivId)).size).toBe(3600);
    expect(days).toEqual(days.toSorted());
    expect(run.cursors).toEqual(['2024-05-02', null]);
    expect((await runSource(arxivSearch, range, { endpoint: server.origin, cursor: '2024-05-02' })).records).toHaveLength(1800);
  });

  it('asks again for empty and short pages, and for an empty result', async () => {
    const handler = replayArxiv(entriesOf(may, 100));
    let asked = 0;
    const server = await aServer((url, request, response) => {
      asked += 1;
      if (asked === 1) return atomFeed(0, []);
      if (asked === 3) return atomFeed(400, []);
      if (asked === 4) url.searchParams.set('max_results', '150');
      return handler(url, request, response);
    });
    const run = await runSource(arxivSearch, range, { endpoint: server.origin });
    expect(run.records).toHaveLength(400);
    expect(run.rejected).toEqual([]);
  });

  it('never takes an empty page for the end, and says when papers are withheld', async () => {
    const empty = await aServer((url) => (url.searchParams.get('start') === '0' ? atomFeed(400, entriesOf(may, 50)) : atomFeed(400, [])));
    await expect(runSource(arxivSearch, range, { endpoint: empty.origin })).rejects.toThrow(
      /400 results and gave an empty page 5 times, from result 201/,
    );
    const short = await aServer(() => atomFeed(20, entriesOf(may, 4)));
    const run = await runSource(arxivSearch, range, { endpoint: short.origin });
    expect(run.rejected).toEqual([
      { where: '2024-05-01 to 2024-05-04', reason: 'arXiv has 20 papers and gave only 16 of them, also when asked again' },
    ]);
  });

  it('believes an empty result after the third time', async () => {
    const server = await aServer(replayArxiv([]));
    expect((await runSource(arxivSearch, range, { endpoint: server.origin })).records).toEqual([]);
    expect(server.asked).toHaveLength(3);
  });

  it.each(['laughs', 'scalar', 'cut', 'error'] as const)('reads on after “%s”', async (kind) => {
    let asked = 0;
    const server = await aServer(
      withChaos(replayArxiv(entriesOf(may, 2)), () => {
        asked += 1;
        return asked < 3 ? kind : null;
      }),
    );
    expect((await runSource(arxivSearch, range, { endpoint: server.origin })).records).toHaveLength(8);
  });

  it('tells an error feed in arXiv’s words, whatever its status', async () => {
    const feed =
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>max_results too large</summary></entry></feed>';
    for (const status of [200, 400]) {
      const server = await aServer(() => ({ status, body: feed }));
      await expect(runSource(arxivSearch, range, { endpoint: server.origin })).rejects.toThrow(
        'arXiv refuses the request: max_results too large.',
      );
      expect(server.asked).toHaveLength(1);
    }
    const bare = await aServer(() => ({ status: 400, body: 'Bad Request' }));
    await expect(runSource(arxivSearch, range, { endpoint: bare.origin })).rejects.toThrow(FetchFailure);
  });
});

const oaiRecord = (
  id: string,
  more = '',
) => `<record><header><identifier>oai:arXiv.org:${id}</identifier><datestamp>2024-05-02</datestamp></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>${id}</id><created>2007-03-30</created><updated>2008-12-13</updated><authors><author><keyname>Lovelace</keyname><forenames>Ada</forenames><suffix>Jr</suffix></author>
<author><keyname>B\\"uchi</keyname></author></authors><title>Title of
 ${id}</title><categories>math.CO cs.CG</categories><comments>Withdrawn by the author</comments><doi>10.1000/x 10.1000/y</doi><abstract> Words. </abstract>${more}</arXiv></metadata></record>`;
const oaiPage = (records: string, token = '') => ({
  body: `<?xml version="1.0"?><OAI-PMH><responseDate>2024-06-01T00:35:38Z</responseDate><ListRecords>${records}${token}</ListRecords></OAI-PMH>`,
});

describe('harvest', () => {
  it('reads page after page with tokens, tells deletions, and notes where the next begins', async () => {
    const deleted = '<record><header status="deleted"><identifier>oai:arXiv.org:0704.0009</identifier></header></record>';
    const server = await aServer((url) => {
      const token = url.searchParams.get('resumptionToken');
      if (token === null)
        return oaiPage(oaiRecord('0704.0001') + deleted, '<resumptionToken cursor="0" completeListSize="3">1&amp;2|1001</resumptionToken>');
      return token === '1&2|1001'
        ? oaiPage(oaiRecord('math/0611918'), '<resumptionToken cursor="2" completeListSize="3"/>')
        : { status: 404 };
    });
    const run = await runSource(arxivOai, { category: 'cs.CL' }, { endpoint: server.origin });
    expect(server.asked[0]?.url.search).toBe('?verb=ListRecords&metadataPrefix=arXiv&set=cs%3Acs%3ACL');
    expect(run.records.map((record) => record.arxivId)).toEqual(['0704.0001', 'math/0611918']);
    expect(run.records[0]).toMatchObject({
      title: 'Title of 0704.0001',
      authors: ['Ada Lovelace Jr', 'Büchi'],
      publishedOn: '2007-03-30',
      categories: ['math.CO', 'cs.CG'],
      withdrawn: true,
      abstract: 'Words.',
      links: [{ kind: 'doi', url: 'https://doi.org/10.1000/x' }],
    });
    expect(run.rejected).toEqual([{ where: '0704.0009', reason: 'arXiv has deleted this record; a paper that is stored stays' }]);
    const next = run.cursors.at(-1) ?? '';
    await runSource(arxivOai, { category: 'cs.CL' }, { endpoint: server.origin, cursor: next });
    expect(server.asked[2]?.url.searchParams.get('from')).toBe('2024-06-01');
    const resumed = await runSource(arxivOai, { category: 'cs.CL' }, { endpoint: server.origin, cursor: run.cursors[0] ?? '' });
    expect(resumed.records.map((record) => record.arxivId)).toEqual(['math/0611918']);
  });

  it('begins the list again when its token has expired', async () => {
    const bad = {
      body: '<OAI-PMH><responseDate>2024-06-01T00:00:00Z</responseDate><error code="badResumptionToken">expired</error></OAI-PMH>',
    };
    const server = await aServer((url) => (url.searchParams.has('resumptionToken') ? bad : oaiPage(oaiRecord('0704.0001'))));
    const cursor = JSON.stringify({ token: 'old', from: '2024-01-01', next: '2024-05-30' });
    const run = await runSource(arxivOai, {}, { endpoint: server.origin, cursor });
    expect(run.records).toHaveLength(1);
    expect(server.asked[1]?.url.searchParams.get('from')).toBe('2024-01-01');
    expect(JSON.parse(run.cursors.at(-1) ?? '')).toEqual({ token: null, from: '2024-05-30', next: null });
  });

  it('knows nothing-new from an empty page, and a refusal from both', async () => {
    const none = await aServer(() => ({
      body: '<OAI-PMH><responseDate>2024-06-01T00:00:00Z</responseDate><error code="noRecordsMatch"/></OAI-PMH>',
    }));
    expect((await runSource(arxivOai, {}, { endpoint: none.origin })).records).toEqual([]);
    const empty = await aServer(() => oaiPage(''));
    await expect(runSource(arxivOai, {}, { endpoint: empty.origin })).rejects.toThrow('arXiv gave an empty page of records three times.');
    const refused = await aServer(() => ({ body: '<OAI-PMH><error code="badArgument">unknown set</error></OAI-PMH>' }));
    await expect(runSource(arxivOai, {}, { endpoint: refused.origin })).rejects.toThrow('arXiv refuses the harvest: unknown set');
  });

  it('reads Dublin Core', () => {
    const dc = `<record><header><identifier>oai:arXiv.org:0704.0002</identifier></header><metadata><oai_dc:dc><dc:title>T</dc:title><dc:creator>Lovelace, Ada</dc:creator>
<dc:creator>Turing, Alan</dc:creator><dc:description>Words.</dc:description><dc:description>Comment: 9 pages</dc:description><dc:date>2008-12-13</dc:date><dc:date>2007-03-30</dc:date>
<dc:identifier>http://arxiv.org/abs/0704.0002</dc:identifier><dc:identifier>doi:10.1000/x</dc:identifier></oai_dc:dc></metadata></record>`;
    const [paper] = parseOai(Buffer.from(oaiPage(dc).body)).papers;
    expect(toArxivEvent(paper, 'here', fetchedAt)).toMatchObject({
      kind: 'record',
      record: {
        arxivId: '0704.0002',
        title: 'T',
        authors: ['Ada Lovelace', 'Alan Turing'],
        abstract: 'Words.',
        comment: '9 pages',
        publishedOn: '2007-03-30',
        links: [{ url: 'https://doi.org/10.1000/x' }],
      },
    });
  });

  it.each([
    ['cs.CL', 'cs:cs:CL'],
    ['cs', 'cs'],
    ['cs.*', 'cs'],
    ['hep-th', 'physics:hep-th'],
    ['astro-ph.GA', 'physics:astro-ph:GA'],
    ['math.GT', 'math:math:GT'],
    ['physics.optics', 'physics:physics:optics'],
  ])('the set of %s is %s', (category, set) => {
    expect(toSet(category)).toBe(set);
  });
});

describe('announcements', () => {
  const item = (
    id: string,
    type: string,
  ) => `<item><title>Title of ${id}</title><link>https://arxiv.org/abs/${id}</link><description>arXiv:${id}v1 Announce Type: ${type} 
Abstract: Words. Abstract: more.</description><guid>oai:arXiv.org:${id}v1</guid><category>cs.CL</category><category>cs.AI</category><pubDate>Mon, 17 Nov 2025 00:00:00 -0500</pubDate>
<arxiv:announce_type>${type}</arxiv:announce_type><dc:creator>Ada Lovelace, B\\"uchi</dc:creator></item>`;
  const feed = (items: string, date = 'Mon, 17 Nov 2025 00:00:00 -0500') => ({
    body: `<?xml version='1.0'?><rss version="2.0"><channel><title>cs.CL</title><pubDate>${date}</pubDate><skipDays><day>Sunday</day></skipDays>${items}</channel></rss>`,
  });

  it('are listed in their order under their day, without replacements', async () => {
    const server = await aServer((url) =>
      url.pathname === '/rss/cs.CL'
        ? feed(item('2511.00001', 'new') + item('2511.00002', 'replace') + item('2511.00003', 'cross'))
        : feed('', 'Sat, 15 Nov 2025 00:00:00 -0500'),
    );
    const run = await runSource(arxivRss, { categories: ['cs.CL', 'cs.LG'] }, { endpoint: server.origin });
    expect(run.records.map((record) => [record.arxivId, record.listings])).toEqual([
      ['2511.00001', [{ source: 'arxiv:cs.CL', day: '2025-11-17', position: 1 }]],
      ['2511.00003', [{ source: 'arxiv:cs.CL', day: '2025-11-17', position: 2 }]],
    ]);
    expect(run.records[0]).toMatchObject({
      version: 1,
      abstract: 'Words. Abstract: more.',
      authors: ['Ada Lovelace', 'Büchi'],
      categories: ['cs.CL', 'cs.AI'],
    });
    expect(run.days).toMatchObject([
      { day: '2025-11-17', items: 2, reason: null },
      { day: '2025-11-15', items: 0, reason: 'arXiv announces no papers on Friday and Saturday evenings.' },
    ]);
  });
});

describe('addresses', () => {
  it('are arXiv’s own hosts, or all under what stands in for it', () => {
    expect(['query', 'oai', 'rss'].map((service) => arxivAddress('https://export.arxiv.org', service as 'oai'))).toEqual([
      'https://export.arxiv.org/api/query',
      'https://oaipmh.arxiv.org/oai',
      'https://rss.arxiv.org/rss',
    ]);
    expect(arxivAddress('http://127.0.0.1:4000', 'oai')).toBe('http://127.0.0.1:4000/oai');
  });
});

describe('parseXml', () => {
  it.each([
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /document type/],
    [`${'<a>'.repeat(65)}${'</a>'.repeat(65)}`, /nested/],
    ['<a><b></a>', /malformed/],
    ['<a>', /malformed/],
    ['{"error": 1}', /XML was expected/],
    ['', /XML was expected/],
  ])('refuses %s', (text, reason) => {
    expect(() => parseXml(Buffer.from(text))).toThrow(reason);
  });

  it('reads what is 64 deep, and expands nothing', () => {
    expect(parseXml(Buffer.from(`${'<a>'.repeat(64)}&lt;x&gt;&y;${'</a>'.repeat(64)}`))).toBeTypeOf('object');
    expect(parseXml(Buffer.from('<a b="1"><!-- <c> -->&y;</a>'))).toEqual({ a: { '@b': '1', '#text': '&y;' } });
  });
});
