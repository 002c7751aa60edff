/** JSON Lines: fields, rejections, gzip, long lines, progress. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaperRecordSchema } from '#core/record.ts';
import { type SourceEvent, SourceRefused } from '#ingest/source.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const now = '2025-12-16T08:00:00.000Z';

async function read(data: string | Uint8Array, chunkBytes = 1 << 16): Promise<SourceEvent[]> {
  const bytes = Buffer.from(data as Uint8Array);
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  };
  return await Array.fromAsync(jsonl.read({ bytes: chunks(), name: 'papers.jsonl', size: bytes.length, now }, {}));
}

const lines = (...values: unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');
const recordsOf = (events: readonly SourceEvent[]) =>
  events.flatMap((event) => (event.kind === 'record' ? [PaperRecordSchema.parse(event.record)] : []));
const rejectionsOf = (events: readonly SourceEvent[]) =>
  events.flatMap((event) => (event.kind === 'rejected' ? [event.rejection] : []));
const readOne = async (value: object) => recordsOf(await read(lines(value)))[0];

describe('jsonl', () => {
  it('reads every field of the documented format', async () => {
    const paper = {
      id: '2405.14906',
      title: 'A\n title',
      abstract: 'What &amp; why',
      authors: ['Ada Lovelace', { name: 'Alan Turing' }],
      organization: 'Bletchley Park',
      publishedOn: '2024-05-23T12:00:00Z',
      listings: [{ source: 'hf', day: '2024-05-27', position: 3 }],
      upvotes: 7,
      commentCount: 0,
      links: [
        { kind: 'code', url: 'https://github.com/x/\ny' },
        { kind: 'project', url: 'javascript:alert(1)' },
      ],
      categories: ['cs.CL'],
      keywords: ['LLM', 'llm', ' '],
      comment: '9 pages',
      aliases: ['acl:W11-1'],
      version: 2,
      fetchedAt: '2025-01-01T01:00:00+01:00',
    };
    expect(await readOne(paper)).toEqual({
      source: 'jsonl',
      arxivId: '2405.14906',
      version: 2,
      otherIds: ['acl:W11-1'],
      title: 'A title',
      abstract: 'What & why',
      authors: ['Ada Lovelace', 'Alan Turing'],
      authorCount: 2,
      organization: 'Bletchley Park',
      publishedOn: '2024-05-23',
      listings: [{ source: 'hf', day: '2024-05-27', position: 3 }],
      upvotes: 7,
      commentCount: 0,
      links: [{ kind: 'code', url: 'https://github.com/x/y' }],
      categories: ['cs.CL'],
      keywords: ['LLM'],
      comment: '9 pages',
      withdrawn: false,
      fetchedAt: '2025-01-01T00:00:00.000Z',
    });
  });

  it('reads the field aliases date, also and status', async () => {
    const record = await readOne({
      id: 'arxiv:cs/0606093v2',
      title: 'T',
      authors: [],
      date: '2006',
      also: ['x:1'],
      status: 'Withdraw',
      abstract: null,
    });
    expect(record).toMatchObject({
      arxivId: 'cs/0606093',
      version: 2,
      publishedOn: '2006',
      otherIds: ['x:1'],
      withdrawn: true,
      abstract: '',
      authors: [],
      fetchedAt: now,
    });
    expect(record?.authorCount).toBeUndefined();
  });

  it.each([
    ['my/paper-1.a', { ownId: 'my/paper-1.a', otherIds: [] }],
    ['acl:W11-3507', { otherIds: ['acl:W11-3507'] }],
    ['-x', { otherIds: ['-x'] }],
    ['arXiv:2405.14906v3', { arxivId: '2405.14906', version: 3, otherIds: [] }],
    ['math.GT/0309136', { arxivId: 'math/0309136', otherIds: ['math.GT/0309136'] }],
    ['2405.149', { ownId: '2405.149', otherIds: [] }],
    ['x'.repeat(201), { otherIds: ['x'.repeat(201)] }],
  ])('the id %s is kept, becomes the arXiv id, or becomes an alias', async (id, identity) => {
    const { arxivId, version, ownId, otherIds } = (await readOne({ id, title: 'T' })) ?? {};
    expect(JSON.parse(JSON.stringify({ arxivId, version, ownId, otherIds }))).toEqual(identity);
  });

  it.each([
    ['{"title": ', 'the line is not JSON'],
    ['3', 'a JSON object is expected'],
    [{ id: 'x' }, 'title: a title is missing'],
    [{ title: ' \u200b ' }, 'title: a title is missing'],
    [{ title: 'T', id: 'Trending' }, 'id: “Trending” is the address of another page and cannot name a paper'],
    [{ title: 'T', id: 'a/b.md' }, 'id: “a/b.md” is the address of another page and cannot name a paper'],
    [{ title: 'T', publishedOn: 'yesterday' }, 'publishedOn: “yesterday” is no day (YYYY-MM-DD) and no year (YYYY)'],
    [{ title: 'T', date: '2025-02-30' }, 'date: “2025-02-30” is no day (YYYY-MM-DD) and no year (YYYY)'],
    [{ title: 'T', upvotes: -1 }, 'upvotes: a count is never negative'],
    [{ title: 'T', authors: 4 }, 'authors: a list of names is expected'],
  ])('rejects the line %j', async (line, reason) => {
    expect(rejectionsOf(await read(lines({ title: 'First' }, '', line, { title: 'Last' })))).toMatchObject([
      { where: 'line 3', reason },
    ]);
  });

  it('rejects a line over 5 MB and continues', async () => {
    const events = await read(lines({ title: 'A', abstract: 'x'.repeat(5_000_001) }, { title: 'B' }));
    expect(rejectionsOf(events)).toEqual([{ where: 'line 1', reason: 'the line is longer than 5 MB' }]);
    expect(recordsOf(events).map((record) => record.title)).toEqual(['B']);
  });

  it('rejects a line that is not UTF-8', async () => {
    const events = await read(
      Buffer.concat([Buffer.from('{"title":"A"}\n{"title":"'), Buffer.from([0xe9]), Buffer.from('"}')]),
    );
    expect(rejectionsOf(events)).toEqual([{ where: 'line 2', reason: 'the line is not UTF-8 text' }]);
  });

  it.each([
    [Buffer.from('PK\x03\x04\0\0')],
    [Buffer.from('\ufeff[\n{"title":"A"}]')],
    [Buffer.from([0xff, 0xfe, 0x7b, 0])],
  ])('rejects a file that is not JSON Lines: %s', async (data) => {
    await expect(read(data)).rejects.toThrow(SourceRefused);
  });

  it('any chunking, with or without gzip, gives the same events and reports progress', async () => {
    const data = lines({ title: 'A\u2028B' }, '{', { title: 'Ü 👩‍🔬', authors: ['Zoë'] }, { title: 'C' });
    const calm = (await read(data)).filter((event) => event.kind !== 'progress');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        fc.boolean(),
        async (chunkBytes, zipped, ended) => {
          const text = `${data}${ended ? '\n' : ''}`;
          const input = zipped ? gzipSync(text) : Buffer.from(text);
          const events = await read(input, chunkBytes);
          expect(events.filter((event) => event.kind !== 'progress')).toEqual(calm);
          expect(events.findLast((event) => event.kind === 'progress')).toEqual({
            kind: 'progress',
            done: input.length,
            total: input.length,
            unit: 'bytes',
          });
        },
      ),
      { numRuns: propertyRuns(60) },
    );
  }, 30_000);
});
