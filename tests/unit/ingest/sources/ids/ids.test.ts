/** Lists of arXiv ids: parsing, fetching in batches, unknown ids. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ids, parseIdList } from '#ingest/sources/ids/ids.ts';
import { runSource } from '#tests/fetching.ts';
import { startServer } from '#tests/local-server.ts';
import { type ArxivEntry, replayArxiv } from '#tests/replay-server.ts';

describe('parseIdList', () => {
  it('returns each id once, with or without a prefix, or from a URL', () => {
    const list = parseIdList(
      '\ufeff2405.00001, 2405.00002v3\r\n# a remark\nhttps://arxiv.org/abs/2405.00003 arXiv: hep-th/9901001 # another\n\n2405.00001 a remark\nnonsense',
    );
    expect([...list.ids]).toEqual([
      ['2405.00001', 'line 1'],
      ['2405.00002', 'line 1'],
      ['2405.00003', 'line 3'],
      ['hep-th/9901001', 'line 3'],
    ]);
    expect(list.rejected).toEqual([{ where: 'line 6', reason: '“nonsense” is no arXiv id and no address of one' }]);
  });
});

describe('ids', () => {
  const entries: ArxivEntry[] = Array.from({ length: 150 }, (_, i) => ({
    id: `2405.${String(i).padStart(5, '0')}v2`,
    published: '2024-05-01T10:00:00Z',
  }));

  it('fetches ids in batches, retries missing ids and rejects unknown ones', async () => {
    let first = true;
    const handler = replayArxiv(entries);
    const server = await startServer((url, request, response) => {
      if (first) url.searchParams.set('id_list', '');
      first = false;
      return handler(url, request, response);
    });
    onTestFinished(server.close);
    const text = [...entries.map((entry) => entry.id), '2405.99999'].join('\n');
    const fetched = await runSource(ids, { text }, { endpoint: server.origin });
    expect(fetched.records).toHaveLength(150);
    expect(fetched.records[0]).toMatchObject({ source: 'arxiv', arxivId: '2405.00000', version: 2 });
    expect(fetched.rejected).toEqual([{ where: '2405.99999, line 151', reason: 'arXiv knows no paper with this id' }]);
    expect(fetched.cursors).toEqual(['100', null]);
    const resumed = await runSource(ids, { text }, { endpoint: server.origin, cursor: '100' });
    expect(resumed.records).toHaveLength(50);
  });
});
