/** Hostile input records: each is stored correctly, or rejected with an understandable reason. */
import { describe, expect, it } from 'vitest';
import type { StoredRecord } from '#core/record.ts';
import { type FoundEvent, toFoundEvent } from '#ingest/find-records.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { toHfEvents } from '#ingest/sources/hf/hf-record.ts';
import { parseIdList } from '#ingest/sources/ids/ids.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';

const now = '2026-01-01T00:00:00.000Z';
const outcomeOf = (event: FoundEvent): Partial<StoredRecord> | string => {
  if (event.kind === 'found') return event.found.record;
  return event.kind === 'rejected' ? event.rejection.reason : '';
};
const find = (event: SourceEvent) => outcomeOf(event.kind === 'record' ? toFoundEvent(event, now) : event);

async function readLine(line: string) {
  async function* bytes() {
    yield Buffer.from(line);
  }
  const events = await Array.fromAsync(jsonl.read({ bytes: bytes(), name: '-', size: null, now }, {}));
  return find(
    events.filter(({ kind }) => kind !== 'progress')[0] ?? { kind: 'progress', done: 0, total: null, unit: 'items' },
  );
}

describe('a JSON line', () => {
  it.each([
    ['a count beyond 32 bits', { upvotes: 2_147_483_648 }, 'upvotes: the number is too large for a count'],
    ['a negative count', { commentCount: -1 }, 'commentCount: a count is never negative'],
    [
      'a position below 1',
      { listings: [{ day: '2025-12-16', position: 0 }] },
      'listings.0.position: it must be at least 1',
    ],
    [
      'a link of unknown kind',
      { links: [{ kind: 'video', url: 'https://x.example' }] },
      /^links\.0\.kind: one of arxiv, pdf, .* is expected$/,
    ],
    ['an organization that is a list', { organization: [] }, 'organization: a name is expected'],
    ['a title over the limit', { title: 'x'.repeat(2_001) }, 'title: the title is longer than 2,000 characters'],
    [
      'an abstract over the limit',
      { abstract: 'x'.repeat(100_001) },
      'abstract: the text is longer than 100,000 characters',
    ],
    ['a withdrawal that is a string', { withdrawn: 'yes' }, 'withdrawn: true or false is expected'],
  ])('a JSON line with %s is rejected', async (_, fields, reason) => {
    const outcome = await readLine(JSON.stringify({ title: 'A paper', ...fields }));
    if (typeof reason === 'string') expect(outcome).toBe(reason);
    else expect(outcome).toMatch(reason);
  });

  it.each<[string, object, Partial<StoredRecord>]>([
    ['the largest count', { upvotes: 2_147_483_647 }, { upvotes: { value: 2_147_483_647, at: now } }],
    ['a year that is a number', { date: 2024 }, { publishedOn: '2024' as never }],
    ['categories in one string', { categories: 'hep-ph math.AP' }, { categories: ['hep-ph', 'math.AP'] }],
    ['keywords in one string', { keywords: 'code generation, agents;  ' }, { keywords: ['code generation', 'agents'] }],
    [
      'a fetch time in the future',
      { fetchedAt: '2999-01-01T00:00:00Z', upvotes: 1 },
      { fetchedAt: now, upvotes: { value: 1, at: now } },
    ],
    ['control characters and a lone surrogate', { title: '\u0000A \ud800paper\u0001' }, { title: 'A paper' }],
    ['a javascript: link', { links: [{ kind: 'code', url: 'javascript:alert(1)' }] }, { links: [] }],
    ['a path as its id', { id: '../../etc' }, { otherIds: ['../../etc'] }],
  ])('a JSON line with %s is stored', async (_, fields, record) => {
    expect(await readLine(JSON.stringify({ title: 'A paper', ...fields }))).toMatchObject(record);
  });

  it('a JSON line cannot change an object’s prototype', async () => {
    expect(await readLine('{"title":"A paper","__proto__":{"id":"2401.00001"}}')).not.toHaveProperty('arxivId');
  });
});

describe('a Hugging Face item', () => {
  const paper = { id: '2401.00001', title: 'A paper', summary: 'On it.', authors: [{ name: 'Ann Lee' }], upvotes: 3 };
  const read = (item: unknown) => [...toHfEvents([item], null, now)].map(find)[0];

  it.each([
    [null, 'an item with a paper is expected'],
    [1, 'an item with a paper is expected'],
    [{}, 'paper: an object is expected, not nothing'],
    [{ paper: null }, 'paper: an object is expected, not null'],
    [{ paper: {} }, 'paper.id: the paper has no id'],
    [{ paper: { ...paper, title: null } }, 'title: a title is missing'],
    [{ paper: { ...paper, authors: {} } }, 'paper.authors: a list is expected, not an object'],
    [{ paper: { ...paper, upvotes: '3' } }, 'paper.upvotes: a number is expected, not a text'],
    [{ paper: { ...paper, upvotes: 2 ** 40 } }, 'upvotes: the number is too large for a count'],
    [{ paper: { ...paper, title: 'x'.repeat(9_000) } }, 'title: the title is longer than 2,000 characters'],
  ])('the item %j is rejected', (item, reason) => {
    expect(read(item)).toBe(reason);
  });

  it.each<[string, unknown, Partial<StoredRecord>]>([
    ['authors are missing', { paper: { ...paper, authors: null } }, { authors: [] }],
    [
      'an author is missing',
      { paper: { ...paper, authors: [null, { name: null }, { name: 'Ann Lee' }] } },
      { authors: ['Ann Lee'] },
    ],
    ['a keyword is missing', { paper: { ...paper, ai_keywords: [null, 'agents'] } }, { keywords: ['agents'] }],
    [
      'the title is outside the paper',
      { title: 'Outside', paper: { ...paper, title: undefined } },
      { title: 'Outside' },
    ],
    ['there are unknown fields', { more: [1], paper: { ...paper, more: { deep: true } } }, { arxivId: '2401.00001' }],
    ['the id is the path of another page', { paper: { ...paper, id: 'trending' } }, { otherIds: ['trending'] }],
    ['the id has spaces and a version', { paper: { ...paper, id: ' 2401.00001v2 ' } }, { arxivId: '2401.00001' }],
  ])('a Hugging Face item is stored if %s', (_, item, record) => {
    expect(read(item)).toMatchObject(record);
  });
});

describe('a list of ids', () => {
  const ids = (text: string) => [...parseIdList(text).ids.keys()];
  const reasons = (text: string) => parseIdList(text).rejected.map(({ where, reason }) => `${where}: ${reason}`);

  it.each([
    '[2401.00001]',
    '(2401.00001)',
    '<https://arxiv.org/abs/2401.00001>',
    '“2401.00001”.',
    '- 2401.00001',
    '1. 2401.00001 - Attention is all you need',
    '[A title](https://arxiv.org/abs/2401.00001v3)',
    'arXiv:2401.00001v1 [cs.CL]',
    'https://ar5iv.labs.arxiv.org/html/2401.00001',
    'https://alphaxiv.org/overview/2401.00001',
    'https://scirate.com/arxiv/2401.00001',
    'eprint = {2401.00001},',
  ])('finds the arXiv id in %s', (line) => {
    expect([ids(line), reasons(line)]).toEqual([['2401.00001'], []]);
  });

  it('rejects an invalid id and a line without an id', () => {
    expect(reasons('2401.00001, 2413.00002\nTo read next\n\n----\n# a remark')).toEqual([
      'line 1: “2413.00002” is no arXiv id and no address of one',
      'line 2: “To read next” is no arXiv id and no address of one',
    ]);
  });

  it('ignores URLs of hosts whose names only resemble arXiv’s', () => {
    expect(ids('https://evilarxiv.org/abs/2401.00001 https://arxiv.org.evil.example/abs/2401.00001')).toEqual([]);
  });
});
