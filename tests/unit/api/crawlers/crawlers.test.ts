/** Metadata for programs: citation tags, JSON-LD, COinS, preview image, sitemap and well-known files. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderSitemap, renderSitemapIndex } from '#api/crawlers/sitemap.ts';
import { renderLlms, renderOpenSearch, renderRobots, renderSecurity } from '#api/crawlers/texts.ts';
import type { Day } from '#core/day.ts';
import type { PaperId } from '#core/paper.ts';
import type { PaperReader } from '#core/ports/papers.ts';
import { aPaper } from '#tests/a-paper.ts';
import { toCitationView, toCoins } from '#view/paper/citation-view.ts';
import { toDrawable, toImageView } from '#view/paper/image-view.ts';

const siteUrl = 'https://digest.example';
const old = aPaper({
  id: 'hep-th/9901001',
  arxivId: 'hep-th/9901001',
  title: 'On $\\alpha$ & <b>',
  abstract: "Of </script> and ``quotes''.",
  authors: ['Jane van der Doe', '李 明', 'Jane van der Doe'],
  publishedOn: '1999-01-31',
  links: [{ kind: 'doi', url: 'https://doi.org/10.1000/182' }],
  tags: ['hep-th.x', 'survey'],
});

describe('a paper', () => {
  const { tags, jsonLd, url, imageUrl } = toCitationView(old, siteUrl);
  const valuesOf = (name: string) => tags.filter((tag) => tag.name === name).map((tag) => tag.content);

  test('a paper has the citation tags of arxiv.org, one for each author', () => {
    expect([url, imageUrl]).toEqual([`${siteUrl}/papers/hep-th/9901001`, `${siteUrl}/og/hep-th/9901001`]);
    expect(valuesOf('citation_author')).toEqual(['van der Doe, Jane', '李 明', 'van der Doe, Jane']);
    expect(valuesOf('citation_date')).toEqual(['1999/01/31']);
    expect(valuesOf('citation_doi')).toEqual(['10.1000/182']);
    expect(valuesOf('citation_pdf_url')).toEqual(['https://arxiv.org/pdf/hep-th/9901001']);
    expect(valuesOf('citation_arxiv_id')).toEqual(['hep-th/9901001']);
    expect(valuesOf('citation_public_url')).toEqual(['https://arxiv.org/abs/hep-th/9901001']);
    expect(valuesOf('citation_keywords')).toEqual(['hep th.x; survey']);
    expect(valuesOf('z:itemType')).toEqual(['preprint']);
  });

  test('a paper has no citation tag without a value', () => {
    const bare = aPaper({ authors: [], abstract: '', publishedOn: null });
    expect(toCitationView(bare, siteUrl).tags.map(({ name }) => name)).toEqual([
      'citation_title',
      'citation_public_url',
      'z:itemType',
    ]);
  });

  test('the JSON-LD of a paper cannot end its script element', () => {
    expect(jsonLd).not.toContain('<');
    expect(JSON.parse(jsonLd)).toMatchObject({
      '@type': 'ScholarlyArticle',
      headline: 'On $\\alpha$ & <b>',
      author: [{ name: 'Jane van der Doe' }, { name: '李 明' }, { name: 'Jane van der Doe' }],
      datePublished: '1999-01-31',
      abstract: 'Of </script> and “quotes”.',
      identifier: 'arXiv:hep-th/9901001',
      sameAs: ['https://arxiv.org/abs/hep-th/9901001', 'https://doi.org/10.1000/182'],
    });
  });

  test('a paper with any names is a valid COinS', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 3 }),
        (title, authors) => {
          const read = new URLSearchParams(toCoins({ ...old, title, authors }));
          expect(read.get('rft.type')).toBe('preprint');
          expect(read.getAll('rft.creator').length).toBeLessThanOrEqual(authors.length);
        },
      ),
    );
    expect(new URLSearchParams(toCoins(old)).getAll('rft.creator')).toEqual([
      'Jane van der Doe',
      '李 明',
      'Jane van der Doe',
    ]);
  }, 20_000);
});

describe('the preview image', () => {
  test('the preview image uses only characters of its font', () => {
    expect(toDrawable('On α-helices, Büchi, Łódź, 深度学习 and “x” 🦆 …')).toBe(
      'On alpha-helices, Büchi, Łódź, and “x” …',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(toDrawable(text)).toMatch(/^[ -~\u00a1-\u017f–—‘’‚“”•…]*$/);
      }),
    );
  }, 20_000);
  test('the preview image shows the id if no character of the title can be drawn', () => {
    expect(toImageView(old).title).toBe('On alpha & <b>');
    expect(toImageView(aPaper({ title: '深度学习' })).title).toBe('2405.14906');
    expect(toImageView(aPaper({ authors: ['王小明', 'José Ñandú', '李 明'] })).authors).toBe('José Ñandú');
    expect(toImageView(aPaper({ title: `${'long '.repeat(60)}end` })).title.length).toBeLessThanOrEqual(161);
    expect(toImageView(aPaper({ authors: ['A', 'B'], tags: ['survey'] }))).toMatchObject({
      authors: 'A, B',
      topics: 'survey',
      published: '23 May 2024',
    });
  });
});

/** A store with the given number of papers and gaps between their keys. */
function readerOf(count: number): PaperReader {
  const keys = Array.from({ length: count }, (_, i) => i * 3 + 1);
  const reader: Partial<PaperReader> = {
    latestKey: async () => keys.at(-1) ?? 0,
    idsAfter: async (after, limit) => {
      const first = Math.max(0, Math.ceil((after + 1 - 1) / 3));
      return keys.slice(first, first + limit).map((key) => ({ key, id: `p${key}` as PaperId }));
    },
    topics: async () => [],
    listingDays: async () => [{ day: '2025-12-16' as Day, count: 1 }],
  };
  return reader as PaperReader;
}

describe('the sitemap', () => {
  test('the sitemap has every paper once, in files of at most 50,000', async () => {
    const count = 40_000;
    const source = { reader: readerOf(count), siteUrl };
    const index = await renderSitemapIndex(source);
    const files = [...index.matchAll(/<loc>https:\/\/digest\.example\/sitemaps\/([^<]+)<\/loc>/g)].map(
      ([, file = '']) => file,
    );
    expect(files).toEqual(['pages.xml', 'papers-1.xml', 'papers-2.xml', 'papers-3.xml']);
    const seen = new Set<string>();
    for (const file of files.slice(1)) {
      let locations = 0;
      for await (const part of (await renderSitemap(source, file)) ?? []) {
        for (const [, id = ''] of part.matchAll(/\/papers\/(p\d+)</g)) {
          locations += 1;
          seen.add(id);
        }
        expect(part.length, 'a part is small').toBeLessThan(200_000);
      }
      expect(locations).toBeLessThanOrEqual(50_000);
    }
    expect(seen.size).toBe(count);
  });
  test('the sitemap has the pages, and no file has another name', async () => {
    const source = { reader: readerOf(1), siteUrl };
    let pages = '';
    for await (const part of (await renderSitemap(source, 'pages.xml')) ?? []) pages += part;
    expect(pages).toContain('<loc>https://digest.example/papers/date/2025-12-16</loc>');
    for (const file of [
      'papers-0.xml',
      'papers-x.xml',
      'papers-1.xml.gz',
      'papers-9.xml',
      '../pages.xml',
      'papers-9999999.xml',
    ])
      expect(await renderSitemap(source, file)).toBeNull();
  });
});

describe('the files at well-known addresses', () => {
  test('the well-known files have the required fields of their formats', () => {
    expect(renderRobots(siteUrl)).toContain('\nSitemap: https://digest.example/sitemap.xml\n');
    const description = renderOpenSearch(siteUrl);
    expect(/<ShortName>(.*)<\/ShortName>/.exec(description)?.[1]?.length).toBeLessThanOrEqual(16);
    expect(description.match(/<Url /g)).toHaveLength(3);
    expect(description).toContain(
      'rel="suggestions" template="https://digest.example/api/v1/suggest/opensearch?q={searchTerms}"',
    );
    expect(renderLlms(siteUrl)).toMatch(/^# Paper Digest\n\n> /);
    const security = renderSecurity({ siteUrl, contactUrl: 'mailto:me@example.org', today: '2026-01-15' as Day });
    expect(security).toContain('Contact: mailto:me@example.org\n');
    expect(security).toContain('Expires: 2027-01-14T00:00:00.000Z\n');
  });
});
