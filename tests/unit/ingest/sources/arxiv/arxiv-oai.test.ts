/** OAI-PMH harvest of arXiv: resumption tokens, deletions, expired tokens, both formats. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { arxivOai, toSet } from '#ingest/sources/arxiv/arxiv-oai.ts';
import { parseOai } from '#ingest/sources/arxiv/arxiv-oai-page.ts';
import { toArxivEvent } from '#ingest/sources/arxiv/arxiv-paper.ts';
import { fetchedAt, runSource } from '#tests/fetching.ts';
import { type Handler, startServer } from '#tests/local-server.ts';

async function aServer(handler: Handler) {
  const server = await startServer(handler);
  onTestFinished(server.close);
  return server;
}

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
  it('a harvest follows tokens, reports deletions and stores where the next one starts', async () => {
    const deleted =
      '<record><header status="deleted"><identifier>oai:arXiv.org:0704.0009</identifier></header></record>';
    const server = await aServer((url) => {
      const token = url.searchParams.get('resumptionToken');
      if (token === null)
        return oaiPage(
          oaiRecord('0704.0001') + deleted,
          '<resumptionToken cursor="0" completeListSize="3">1&amp;2|1001</resumptionToken>',
        );
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
    expect(run.rejected).toEqual([
      { where: '0704.0009', reason: 'arXiv has deleted this record; a paper that is stored stays' },
    ]);
    const next = run.cursors.at(-1) ?? '';
    await runSource(arxivOai, { category: 'cs.CL' }, { endpoint: server.origin, cursor: next });
    expect(server.asked[2]?.url.searchParams.get('from')).toBe('2024-06-01');
    const resumed = await runSource(
      arxivOai,
      { category: 'cs.CL' },
      { endpoint: server.origin, cursor: run.cursors[0] ?? '' },
    );
    expect(resumed.records.map((record) => record.arxivId)).toEqual(['math/0611918']);
  });

  it('a harvest restarts the list if its token has expired', async () => {
    const bad = {
      body: '<OAI-PMH><responseDate>2024-06-01T00:00:00Z</responseDate><error code="badResumptionToken">expired</error></OAI-PMH>',
    };
    const server = await aServer((url) =>
      url.searchParams.has('resumptionToken') ? bad : oaiPage(oaiRecord('0704.0001')),
    );
    const cursor = JSON.stringify({ token: 'old', from: '2024-01-01', next: '2024-05-30' });
    const run = await runSource(arxivOai, {}, { endpoint: server.origin, cursor });
    expect(run.records).toHaveLength(1);
    expect(server.asked[1]?.url.searchParams.get('from')).toBe('2024-01-01');
    expect(JSON.parse(run.cursors.at(-1) ?? '')).toEqual({ token: null, from: '2024-05-30', next: null });
  });

  it('a harvest distinguishes no matches, an empty page and an error', async () => {
    const none = await aServer(() => ({
      body: '<OAI-PMH><responseDate>2024-06-01T00:00:00Z</responseDate><error code="noRecordsMatch"/></OAI-PMH>',
    }));
    expect((await runSource(arxivOai, {}, { endpoint: none.origin })).records).toEqual([]);
    const empty = await aServer(() => oaiPage(''));
    await expect(runSource(arxivOai, {}, { endpoint: empty.origin })).rejects.toThrow(
      'arXiv gave an empty page of records three times.',
    );
    const refused = await aServer(() => ({ body: '<OAI-PMH><error code="badArgument">unknown set</error></OAI-PMH>' }));
    await expect(runSource(arxivOai, {}, { endpoint: refused.origin })).rejects.toThrow(
      'arXiv refuses the harvest: unknown set',
    );
  });

  it('a harvest starts from the beginning if its cursor is malformed', async () => {
    const server = await aServer(() => oaiPage(oaiRecord('0704.0001')));
    expect((await runSource(arxivOai, {}, { endpoint: server.origin, cursor: '2024-05-02' })).records).toHaveLength(1);
  });

  it('a harvest reads Dublin Core', () => {
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
