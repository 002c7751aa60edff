/** arXiv's announcements and service URLs, and the XML parser. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { arxivAddress } from '#ingest/sources/arxiv/arxiv-paper.ts';
import { arxivRss } from '#ingest/sources/arxiv/arxiv-rss.ts';
import { parseXml } from '#ingest/sources/arxiv/parse-xml.ts';
import { runSource } from '#tests/fetching.ts';
import { type Handler, startServer } from '#tests/local-server.ts';

async function aServer(handler: Handler) {
  const server = await startServer(handler);
  onTestFinished(server.close);
  return server;
}

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

  it('announced papers are listed under their day in order, without replacements', async () => {
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

describe('service URLs', () => {
  it('services have arXiv’s hosts, or share another endpoint', () => {
    expect(
      ['query', 'oai', 'rss'].map((service) => arxivAddress('https://export.arxiv.org', service as 'oai')),
    ).toEqual(['https://export.arxiv.org/api/query', 'https://oaipmh.arxiv.org/oai', 'https://rss.arxiv.org/rss']);
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
  ])('rejects the XML %j', (text, reason) => {
    expect(() => parseXml(Buffer.from(text))).toThrow(reason);
  });

  it('XML may be 64 levels deep, and no entities are expanded', () => {
    expect(parseXml(Buffer.from(`${'<a>'.repeat(64)}&lt;x&gt;&y;${'</a>'.repeat(64)}`))).toBeTypeOf('object');
    expect(parseXml(Buffer.from('<a b="1"><!-- <c> -->&y;</a>'))).toEqual({ a: { '@b': '1', '#text': '&y;' } });
  });
});
