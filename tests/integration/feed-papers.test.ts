/** A list has the same papers in the same order in every format, with a real store. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createListCursors } from '#api/v1/list-cursors.ts';
import { listPapersForApi } from '#api/v1/list-papers.ts';
import { AppError } from '#core/errors.ts';
import type { Paper } from '#core/paper.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { formats } from '#formats/index.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { formatPaperQuery } from '#query/format-query.ts';
import { openFeed } from '#read/export-list.ts';
import type { Library } from '#read/library.ts';
import { listPapers, toListRequest } from '#read/list-papers.ts';
import { aLibrary, siteUrl } from '#tests/a-library.ts';
import { arbitraryPaper, arbitraryQuery } from '#tests/arbitrary-query.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { eventsOf } from '#tests/records.ts';
import { aTempStore } from '#tests/temp-store.ts';

const readIds: Readonly<Record<string, RegExp>> = {
  atom: /<link rel="alternate" type="text\/html" href="https:\/\/digest\.example\/papers\/([^"]+)"\/>\n<link rel="related"/g,
  rss: /<guid isPermaLink="false">oai:arXiv\.org:([^<]+)</g,
  json: /"id":"oai:arXiv\.org:([^"]+)"/g,
  bib: /^ {2}eprint=\{([^}]+)\}/gm,
  ris: /^M1 {2}- arXiv:(\S+)/gm,
  'csl.json': /"number":"arXiv:([^"]+)"/g,
  csv: /^(\d{4}\.\d{5}),/gm,
  md: /^- \[.*\]\(<https:\/\/digest\.example\/papers\/([^>]+)>\)/gm,
  jsonl: /^\{"id":"([^"]+)"/gm,
};

const toRecord = ({ id, listings, links, tags, ...paper }: Paper): PaperRecordInput => ({
  source: 'jsonl',
  arxivId: id,
  // Titles differ in a word that no query contains, so that the papers do not merge.
  title: `${paper.title} n${id}`,
  abstract: paper.abstract,
  authors: [...paper.authors],
  ...(paper.authorCount === null ? {} : { authorCount: paper.authorCount }),
  ...(paper.organization === null ? {} : { organization: paper.organization }),
  ...(paper.publishedOn === null ? {} : { publishedOn: paper.publishedOn }),
  ...(paper.upvotes === null ? {} : { upvotes: paper.upvotes }),
  ...(paper.commentCount === null ? {} : { commentCount: paper.commentCount }),
  listings: listings.map(({ day, position, source }) => ({ day, position, source })),
  links: [...links],
  keywords: tags.map((tag) => tag.slug),
  fetchedAt: '2025-12-16T08:00:00Z',
});

async function render(library: Library, extension: string, params: URLSearchParams): Promise<string> {
  const { parts } = await (await openFeed(library, extension, params)).render();
  return (await Array.fromAsync(parts)).map((part) => part.text).join('');
}

const withPage = (params: URLSearchParams, page: number) =>
  new URLSearchParams([...params, ...(page > 1 ? [['page', String(page)]] : [])]);

/** Reads all pages until one is empty. */
async function allPages(idsOf: (page: number) => Promise<readonly string[]>): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const found = await idsOf(page);
    if (found.length === 0) return ids;
    ids.push(...found);
  }
}

async function apiIds(library: Library, params: URLSearchParams): Promise<string[]> {
  const walks = createListCursors(library.search, library.reader);
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const body = await listPapersForApi(
      library,
      walks,
      new URLSearchParams([...params, ['limit', '100'], ['cursor', cursor]]),
    );
    ids.push(...body.papers.map((paper) => paper.id));
    cursor = body.next;
  }
  return ids;
}

describe('one filter in every format', () => {
  let records: PaperRecordInput[] = [];
  beforeAll(() => {
    const papers = fc.sample(arbitraryPaper, { numRuns: 260, seed: 20251216 });
    records = [...new Map(papers.map((paper) => [paper.id, toRecord(paper)])).values()];
  });

  test('every format has the same papers in the same order', async () => {
    const store = aTempStore();
    await ingestPapers(eventsOf(records), { writer: store.writer });
    const library = aLibrary(store.file);
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(arbitraryQuery, async (query) => {
        const params = formatPaperQuery({ ...query, page: 1 });
        const page = await allPages(async (number) =>
          (await listPapers(library, toListRequest({ kind: 'all' }, withPage(params, number)), [])).papers.map(
            (paper) => paper.id,
          ),
        );
        seen.add(page.length);
        expect(await apiIds(library, params), 'API').toEqual(page);
        for (const { extension, kind } of formats) {
          const idsIn = async (asked: URLSearchParams) =>
            [...(await render(library, extension, asked)).matchAll(readIds[extension] ?? /$^/g)].map(
              (match) => match[1] ?? '',
            );
          const ids =
            kind === 'feed' ? await allPages((number) => idsIn(withPage(params, number))) : await idsIn(params);
          expect(ids, extension).toEqual(page);
        }
      }),
      { numRuns: propertyRuns(25), endOnFailure: true },
    );
    expect(
      [...seen].some((count) => count > 0 && count < records.length),
      'the queries found some, and not always all',
    ).toBe(true);
  }, 120_000);

  test('feeds have pages of fifty papers, with links to the next and previous page', async () => {
    const store = aTempStore();
    await ingestPapers(eventsOf(records), { writer: store.writer });
    const library = aLibrary(store.file);
    const second = await render(library, 'atom', new URLSearchParams({ sort: 'old', page: '2' }));
    const linkOf = (rel: string) =>
      new RegExp(`<link rel="${rel}" type="application/atom\\+xml" href="([^"]+)"`).exec(second)?.[1];
    expect(second.match(/<entry>/g)).toHaveLength(50);
    expect(linkOf('self')).toBe(`${siteUrl}/feeds/papers.atom?sort=old&amp;page=2`);
    expect(linkOf('first')).toBe(`${siteUrl}/feeds/papers.atom?sort=old`);
    expect(linkOf('previous')).toBe(`${siteUrl}/feeds/papers.atom?sort=old`);
    expect(linkOf('next')).toBe(`${siteUrl}/feeds/papers.atom?sort=old&amp;page=3`);
    expect(linkOf('last')).toBe(`${siteUrl}/feeds/papers.atom?sort=old&amp;page=${Math.ceil(records.length / 50)}`);
    const json = JSON.parse(await render(library, 'json', new URLSearchParams({ sort: 'old', page: '2' }))) as {
      next_url: string;
    };
    expect(json.next_url).toBe(`${siteUrl}/feeds/papers.json?sort=old&page=3`);
    const idOf = (feed: string) => /<id>([^<]+)<\/id>/.exec(feed)?.[1];
    expect(idOf(second)).toBe(idOf(await render(library, 'atom', new URLSearchParams({ sort: 'old' }))));
  });
});

describe('openFeed', () => {
  test('openFeed rejects unknown formats and parameters by name', async () => {
    const library = aLibrary(aTempStore().file);
    await expect(openFeed(library, 'docx', new URLSearchParams())).rejects.toMatchObject({ code: 'not_found' });
    const failure = await openFeed(library, 'atom', new URLSearchParams({ tags: 'nlp' })).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: 'bad_request', details: { parameter: 'tags' } });
  });

  test('the entity tag depends on the store, the query and the format only', async () => {
    const store = aTempStore();
    const library = aLibrary(store.file);
    const tagOf = async (extension: string, params: Record<string, string> = {}) =>
      (await openFeed(library, extension, new URLSearchParams(params))).etag;
    const tags = [
      await tagOf('atom'),
      await tagOf('rss'),
      await tagOf('atom', { q: 'x' }),
      await tagOf('atom', { page: '2' }),
    ];
    expect(new Set(tags).size).toBe(4);
    expect(await tagOf('csv', { page: '2' })).toBe(await tagOf('csv'));
    expect(await tagOf('atom', { tag: 'a', q: '  x ' })).toBe(await tagOf('atom', { q: 'x tag:a' }));
    await ingestPapers(eventsOf([{ source: 'jsonl', title: 'New', fetchedAt: '2025-12-16T08:00:00Z' }]), {
      writer: store.writer,
    });
    expect(await tagOf('atom')).not.toBe(tags[0]);
  });

  test('a response has the entity tag of the index’s revision if the index is behind the store', async () => {
    const store = aTempStore();
    const library = aLibrary(store.file);
    const before = (await openFeed(library, 'atom', new URLSearchParams())).etag;
    const behind: Library = {
      ...library,
      search: { search: async (request) => ({ ...(await library.search.search(request)), revision: 0 }) },
    };
    await ingestPapers(eventsOf([{ source: 'jsonl', title: 'New', fetchedAt: '2025-12-16T08:00:00Z' }]), {
      writer: store.writer,
    });
    const feed = await openFeed(behind, 'atom', new URLSearchParams());
    expect(feed.etag).not.toBe(before);
    expect((await feed.render()).etag).toBe(before);
  });

  test('a feed without papers is a complete document', async () => {
    const library = aLibrary(aTempStore().file);
    const texts = Object.fromEntries(
      await Promise.all(
        formats.map(
          async ({ extension }) => [extension, await render(library, extension, new URLSearchParams())] as const,
        ),
      ),
    );
    expect(JSON.parse(texts.json ?? '')).toMatchObject({ items: [] });
    expect(JSON.parse(texts['csl.json'] ?? '')).toEqual([]);
    expect(texts.atom).toContain('<updated>1970-01-01T00:00:00Z</updated>');
    expect([texts.bib, texts.ris, texts.jsonl]).toEqual(['', '', '']);
  });
});
