/** Markdown pages: trending papers without a day, and daily papers with links, votes and organisations. */
import { describe, expect, it } from 'vitest';
import { DaySchema } from '#core/day.ts';
import { parseListing, toRecord } from '#ingest/sources/listing/listing.ts';

const today = DaySchema.parse('2026-12-31');
const parse = (text: string, name = 'page.md') => parseListing(text, { name, today });
const papers = 'https://huggingface.co/papers';

const trending = `Get trending papers in your email inbox!

## Trending Papers

### Trees Grow Better
  When They Are Watered

We water trees and measure
how they grow. See https://trees.github.io
- 8 authors
[LINK: GitHub 11.3k](https://github.com/lucid/trees)

### Trees Grow Better
  When They Are Watered

We water trees and measure
how they grow. See https://trees.github.io
- 8 authors
[LINK: GitHub 11.3k](https://github.com/lucid/trees)

### A Second Paper

[CLS] tokens open our abstract.
[LINK: GitHub 476](https://github.com/lucid/second)
`;

const daily = `---
url: ${papers}?q=trees
---
new

[Subscribe](https://huggingface.co/login?next=%2Fpapers)

# Daily Papers

## by [![](https://huggingface.co/front/papers-by.png)AK](https://huggingface.co/akhaliq) and the research community

[Trending Papers](${papers}/trending)

Oct 2

[101](https://huggingface.co/login?next=%2Fpapers%2F2606.00683)

### [Watering Trees: A\\  Long Study](${papers}/2606.00683)

[Trees need water\\\\
and light.](${papers}/2606.00683)

[![lucid](https://cdn.example/a.png)Lucid Lab](https://huggingface.co/lucid)

·

May 29[6](${papers}/2606.00683#community)

[-](https://huggingface.co/login?next=%2Fpapers%2F2502.20581)

### [Cutting Trees](${papers}/2502.20581)

[We cut trees.](${papers}/2502.20581)

[- ![](https://cdn.example/b.png)\\
- ![](https://cdn.example/c.svg)\\
- 3 authors](${papers}/2502.20581)

·

Feb 27, 2025
`;

describe('a trending page as Markdown', () => {
  const { day, papers: found, rejected } = parse(trending);

  it('a trending page has no day and lists each paper once', () => {
    expect([day, rejected]).toEqual([null, []]);
    expect(found.map(({ line, title, authors, listed }) => [line, title, authors, listed])).toEqual([
      [5, 'Trees Grow Better When They Are Watered', 8, null],
      [21, 'A Second Paper', null, null],
    ]);
    expect(found[1]?.abstract).toBe('[CLS] tokens open our abstract.');
  });

  it('each paper has its repository and the links in its abstract', () => {
    expect(
      found.map((paper) => toRecord(paper, { now: '2026-12-31T00:00:00.000Z' }).links?.map(({ url }) => url)),
    ).toEqual([['https://github.com/lucid/trees', 'https://trees.github.io/'], ['https://github.com/lucid/second']]);
  });

  it('a trending page is listed on the day of the option', () => {
    const { papers: given } = parseListing(trending, { name: '-', today, day: DaySchema.parse('2026-01-20') });
    expect(given.map(({ listed }) => listed)).toEqual([
      { day: '2026-01-20', position: 1 },
      { day: '2026-01-20', position: 2 },
    ]);
  });
});

describe('a page of daily papers as Markdown', () => {
  it('a page of daily papers has ids, votes, comments, organisations and dates', () => {
    const { day, papers: found, rejected } = parse(daily);
    expect([day, rejected]).toEqual(['2026-10-02', []]);
    const none = { upvotes: null, organization: null, authors: null, comments: null, repositories: [] };
    expect(found).toEqual([
      {
        ...none,
        line: 18,
        title: 'Watering Trees: A Long Study',
        abstract: 'Trees need water\nand light.',
        arxivId: '2606.00683',
        upvotes: 101,
        organization: 'Lucid Lab',
        published: '2026-05-29',
        comments: 6,
        listed: { day: '2026-10-02', position: 1 },
      },
      {
        ...none,
        line: 31,
        title: 'Cutting Trees',
        abstract: 'We cut trees.',
        arxivId: '2502.20581',
        authors: 3,
        published: '2025-02-27',
        listed: { day: '2026-10-02', position: 2 },
      },
    ]);
  });

  it('a page with other line breaks gives the same papers', () => {
    expect(parse(`\ufeff${daily}`.replaceAll('\n', '\r\n').slice(1))).toEqual(parse(daily));
  });

  it.each([
    ['headings of another level', daily.replace(/^### /gm, '#### ')],
    ['headings of the level of the banner', daily.replace(/^### /gm, '## ')],
    ['other bullets', daily.replace(/^(\[?)- (?=\d+ author)/gm, '$1* ')],
    ['URLs in angle brackets', daily.replace(/\]\((https:[^)]*)\)/g, '](<$1>)')],
    ['link titles', daily.replace(/\]\((https:[^)]*)\)/g, ']($1 "a title")')],
    ['relative URLs', daily.replaceAll('https://huggingface.co', '')],
  ])('a page with %s gives the same papers', (_, text) => {
    expect(text).not.toBe(daily);
    expect(parse(text)).toEqual(parse(daily));
  });

  it('a truncated page gives its complete papers and rejects the last one', () => {
    const at = (end: string) => {
      const { papers: found, rejected } = parse(daily.slice(0, daily.indexOf(end) + end.length));
      return [found.map(({ arxivId }) => arxivId), rejected.map(({ where, reason }) => `${where}: ${reason}`)];
    };
    expect(at('### [Cutting Trees]')).toEqual([['2606.00683'], ['line 31: a title without an abstract']]);
    expect(at('[We cut')).toEqual([['2606.00683'], ['line 31: the text ends in its abstract']]);
    expect(at('Feb 27, 2025')).toEqual([['2606.00683', '2502.20581'], []]);
  });

  it('an unknown line is rejected', () => {
    const text = daily.replace('·\n\nFeb', 'What is this?\n\n·\n\nFeb');
    expect(parse(text).rejected).toEqual([
      { where: 'line 39', reason: 'a line that belongs to no paper', title: 'What is this?' },
    ]);
  });
});
