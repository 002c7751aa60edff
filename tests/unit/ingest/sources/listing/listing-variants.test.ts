/** One page as different programs copy it. Every variant gives the same papers. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DaySchema } from '#core/day.ts';
import { parseListing } from '#ingest/sources/listing/listing.ts';

const today = DaySchema.parse('2026-06-30');
const page = readFileSync('seeds/daily-papers-2025-12-16.txt', 'utf8');
const read = (text: string) => {
  const { day, papers, rejected } = parseListing(text, { name: 'daily-papers-2025-12-16.txt', today });
  return {
    day,
    rejected,
    papers: papers.map(({ title, abstract, authors, published, comments }) => ({
      title,
      abstract,
      authors,
      published,
      comments,
    })),
  };
};
const known = read(page);
/** A date with its comments: `Feb 18 2`, `May 26, 2023 2`. */
const commented = /^([A-Z][a-z]{2} \d+(?:, \d{4})?) (\d+)$/gm;
const beforeTitles = /\n\n(?=[A-Z][^\n]{20,200}\n\n)/g;

describe('the same page', () => {
  it('the original page gives its known papers', () => {
    expect(known).toMatchObject({ day: '2025-12-16', rejected: [], papers: { length: 35 } });
    expect(page.match(commented)?.length).toBeGreaterThan(5);
    expect(page.match(beforeTitles)?.length).toBeGreaterThan(30);
  });

  it.each([
    ['with one author', page.replaceAll('1 authors', '1 author')],
    ['with “comments” after the count', page.replace(commented, '$1 $2 comments')],
    ['with comments on a line of their own', page.replace(commented, '$1\n·\n$2 comments')],
    ['with comments after a dot', page.replace(commented, '$1 • $2')],
    ['with comments after a speech balloon', page.replace(commented, '$1 💬 $2')],
    ['with a tab before comments', page.replace(commented, '$1\t$2')],
    ['with Windows line endings', page.replaceAll('\n', '\r\n')],
    ['with classic Mac line endings', page.replaceAll('\n', '\r')],
    ['with line separators', page.replaceAll('\n', '\u2028')],
    ['with vertical tabs', page.replaceAll('\n', '\v')],
    ['indented', page.replace(/^/gm, '    ')],
    ['quoted in a mail', page.replace(/^/gm, '> ')],
    ['quoted twice', page.replace(/^/gm, '>> ')],
    ['with its day in full', page.replace('Dec 16', 'Tue, December 16th, 2025')],
    ['with its day before the month', page.replace('Dec 16', '16 Dec')],
    ['with its day before the month, and the year', page.replace('Dec 16', '16 December 2025')],
    ['with its day in ISO form', page.replace('Dec 16', '2025-12-16')],
    ['without bullets', page.replace(/ *• (\d+) author/g, '$1 author')],
    ['with hyphens as bullets', page.replace(/• (\d+) author/g, '- $1 author')],
    ['with the submitter of each paper', page.replace(beforeTitles, '\n\nSubmitted by\nann-lee\n\n')],
  ])('the page %s gives the same papers', (_, text) => {
    expect(text).not.toBe(page);
    expect(read(text)).toEqual(known);
  });

  it.each([
    ['votes', '\n\n45\n\n'],
    ['votes and the word “Upvote”', '\n\nUpvote\n45\n\n'],
    ['headings', '\n\n## '],
    ['deep headings', '\n\n#### '],
  ])('the page with %s above its titles gives the same papers', (_, above) => {
    const { day, papers } = read(page.replace(beforeTitles, above));
    expect({ day, papers }).toEqual({ day: known.day, papers: known.papers });
  });

  it('a paper has the votes above its title', () => {
    const text = page.replace(/\n\n(?=Generating Images with)/, '\n\n1,045\n\n');
    const votes = parseListing(text, { name: '2025.txt', today }).papers.flatMap(({ title, upvotes }) =>
      upvotes ? [[title, upvotes]] : [],
    );
    expect(votes).toEqual([['Generating Images with Multimodal Language Models', 1045]]);
  });

  it('a page as HTML is rejected with advice', () => {
    expect(() => read(`<!doctype html><html><body>${page}</body></html>`)).toThrow(
      /^Line 1: this is the page’s HTML; select the page/,
    );
  });

  it('a page truncated anywhere gives only text of the whole page', () => {
    const sentences = new Set(known.papers.map(({ title, abstract }) => JSON.stringify([title, abstract])));
    for (let end = 400; end < page.length; end += 97) {
      const found = (() => {
        try {
          return read(page.slice(0, end)).papers;
        } catch (error) {
          expect(error).toMatchObject({ name: 'SourceRefused' });
          return [];
        }
      })();
      for (const { title, abstract } of found) expect(sentences).toContain(JSON.stringify([title, abstract]));
    }
  });
});
