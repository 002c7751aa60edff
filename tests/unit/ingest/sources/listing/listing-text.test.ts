/** Plain-text pages: known papers round-trip, and odd or invalid pages are handled. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DaySchema } from '#core/day.ts';
import { SourceRefused } from '#ingest/source.ts';
import { listing, parseListing } from '#ingest/sources/listing/listing.ts';
import type { ListingOptions } from '#ingest/sources/listing/listing-paper.ts';
import { type KnownPaper, knownPapers, type PageLayout, pageLayouts, writePage } from '#tests/listing-page.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const today = DaySchema.parse('2026-06-30');
const parse = (text: string, options: ListingOptions & { name?: string } = {}) =>
  parseListing(text, { name: '2025.txt', today, ...options });
const plain: PageLayout = {
  newline: '\n',
  bullet: '  • ',
  separator: '\n',
  banner: ['Daily Papers'],
  footer: [],
  wrapAt: null,
};
const long = (subject: string) =>
  `We study ${subject} in depth. ${'It is measured with care and in many ways. '.repeat(8)}Done.`;
const paper = (
  title: string,
  metadata: KnownPaper['metadata'] = { authors: 2, date: '2025-12-01', comments: null },
): KnownPaper => ({
  title,
  abstract: long(title),
  metadata,
});
const page = (...papers: KnownPaper[]) => writePage('2025-12-16', papers, plain);
const summaryOf = (text: string, options: ListingOptions = {}) => {
  const { papers, rejected } = parse(text, options);
  return {
    papers: papers.map(({ title, authors, published, comments }) => [title, authors, published, comments]),
    rejected: rejected.map(({ where }) => where),
  };
};

describe('known papers', () => {
  it('known papers round-trip through any page layout', () => {
    const days = fc.constantFrom('2025-12-16', '2024-02-29', '2025-01-02');
    const pages = days.chain((day) =>
      fc.record({ day: fc.constant(day), papers: knownPapers(day), writing: pageLayouts }),
    );
    fc.assert(
      fc.property(pages, ({ day, papers, writing }) => {
        const distinct = [...new Map(papers.map((one) => [JSON.stringify([one.title, one.abstract]), one])).values()];
        const read = parse(writePage(day, distinct, writing), { name: `${day}.txt` });
        expect(read.rejected).toEqual([]);
        expect(
          read.papers.map((one) => [
            one.title,
            one.abstract.replaceAll('\n', ' '),
            one.authors,
            one.published,
            one.comments,
          ]),
        ).toEqual(
          distinct.map(({ title, abstract, metadata }) => [
            title,
            abstract,
            metadata?.authors,
            metadata?.date,
            metadata?.comments,
          ]),
        );
      }),
      { numRuns: propertyRuns(400) },
    );
  }, 60_000);

  it('an abstract may end in a line that is a date', () => {
    const { papers, rejected } = parse(
      page({ ...paper('Trees'), abstract: 'We measured trees, and the last of them\n4 May.' }),
    );
    expect(rejected).toEqual([]);
    expect(papers).toMatchObject([
      { title: 'Trees', abstract: 'We measured trees, and the last of them\n4 May.', authors: 2 },
    ]);
  });

  it('a paper between others may lack its metadata', () => {
    const masks = fc.array(fc.boolean(), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(masks, (mask) => {
        const papers = [...mask, true].map((has, i) =>
          has ? paper(`Paper number ${i}`) : paper(`Paper number ${i}`, null),
        );
        const read = summaryOf(page(...papers));
        expect(read.papers).toEqual(
          papers.map(({ title, metadata }) => [title, metadata?.authors ?? null, metadata?.date ?? null, null]),
        );
      }),
    );
  }, 30_000);
});

describe('odd pages', () => {
  it('an abstract may have several paragraphs and a title two lines', () => {
    const text = page(
      { ...paper('Trees'), abstract: `${long('a')}\n\n${long('b')}\n\n${long('c')}` },
      { ...paper('Graphs'), title: 'Graphs\nand More' },
    );
    const { papers } = parse(text);
    expect(papers.map(({ title }) => title)).toEqual(['Trees', 'Graphs and More']);
    expect(papers[0]?.abstract).toBe([long('a'), long('b'), long('c')].join('\n'));
  });

  it('a page may lack empty lines, and its last paper may lack metadata', () => {
    expect(summaryOf(page(paper('A'), paper('B')).replace(/\n+/g, '\n')).papers.map(([title]) => title)).toEqual([
      'A',
      'B',
    ]);
    expect(summaryOf(page(paper('A'), paper('B', null)))).toEqual({
      papers: [
        ['A', 2, '2025-12-01', null],
        ['B', null, null, null],
      ],
      rejected: [],
    });
  });

  it('boilerplate gives no paper, and unknown lines are rejected', () => {
    const text = `Hugging Face\n\n${page(paper('A'))}\nUnknown button\n\nNext\n\nSome company\n`;
    expect(summaryOf(text)).toEqual({ papers: [['A', 2, '2025-12-01', null]], rejected: ['line 15', 'line 19'] });
  });

  it('a page may have several days, each with its own year and positions', () => {
    const text = page(paper('A'), paper('B')) + writePage('2025-12-17', [paper('C'), paper('A')], plain);
    expect(parse(text).papers.map(({ title, listed }) => [title, listed?.day, listed?.position])).toEqual([
      ['A', '2025-12-16', 1],
      ['B', '2025-12-16', 2],
      ['C', '2025-12-17', 1],
      ['A', '2025-12-17', 2],
    ]);
    expect(() => parse(text, { day: DaySchema.parse('2025-12-16') })).toThrow(/2 days \(Dec 16, Dec 17\)/);
  });

  it('a repeated paper is listed once', () => {
    expect(summaryOf(page(paper('A'), paper('B'), paper('A'))).papers.map(([title]) => title)).toEqual(['A', 'B']);
  });

  it('a date without a year that would follow the listing is in the year before', () => {
    const text = writePage('2025-01-05', [paper('A', { authors: 1, date: '2025-12-28', comments: 3 })], plain);
    expect(summaryOf(text).papers).toEqual([['A', 1, '2024-12-28', 3]]);
  });

  it('an invalid date rejects its paper and not the page', () => {
    const [a, b] = [
      page(paper('A'), paper('B')).replace('Dec 1\n', 'Feb 30, 2024\n'),
      page(paper('A'), paper('B')).replace('Dec 1\n', 'Dec 1st of\n'),
    ];
    expect(parse(a).rejected).toEqual([
      { where: 'line 5', reason: '“Feb 30, 2024” in line 11 is no day of the calendar', title: 'A' },
    ]);
    expect(parse(b).rejected).toEqual([
      { where: 'line 5', reason: '“Dec 1st of” in line 11 is neither a number of authors nor a date', title: 'A' },
    ]);
    expect([a, b].map((text) => summaryOf(text).papers)).toEqual([
      [['B', 2, '2025-12-01', null]],
      [['B', 2, '2025-12-01', null]],
    ]);
  });

  it('a paper without a title or abstract is rejected, and the others stay', () => {
    const lines = page(paper('A'), paper('B'), paper('C')).split('\n');
    const without = (text: string) => {
      const { papers, rejected } = summaryOf(lines.filter((line) => line !== text).join('\n'));
      return [papers.map(([title]) => title), rejected];
    };
    expect(without('B')).toEqual([['A', 'C'], ['line 14']]);
    expect(without(long('B'))).toEqual([['A', 'C'], ['line 13']]);
  });
});

describe('a rejected page', () => {
  const read = async (bytes: Uint8Array, size: number | null = null) => {
    async function* chunks() {
      yield bytes;
    }
    return Array.fromAsync(listing.read({ bytes: chunks(), name: '-', size, now: '2026-06-30T12:00:00.000Z' }, {}));
  };
  const rejectionOf = (bytes: Uint8Array | string, size: number | null = null) =>
    read(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, size).then(
      () => 'taken',
      (error: unknown) => (error instanceof SourceRefused ? error.message : Promise.reject(error)),
    );
  const text = page(paper('A'));

  it('the message of a rejected page states the line and the remedy', async () => {
    expect(await rejectionOf('')).toMatch(/^Line 1: the file is empty; paste/);
    expect(await rejectionOf(' \n\n')).toMatch(/^Line 1: the file is empty; paste/);
    expect(await rejectionOf('# Notes\n\nBuy milk.\n')).toMatch(/^Line 1: “# Notes” begins no listing.*; paste/);
    expect(await rejectionOf('# Notes\n\n### Shopping\n\nBuy milk.\n')).toMatch(/^Line 1: .* begins no listing/);
    expect(await rejectionOf('{"title":"A"}')).toMatch(/^Line 1: .* begins no listing/);
    expect(await rejectionOf(`${text}\0`)).toMatch(/^Line 12 holds a NUL byte \(byte \d+\).*; save/);
    expect(await rejectionOf(Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x41, 0x0a])]))).toMatch(
      /^Line 12 is not UTF-8; save/,
    );
    expect(await rejectionOf(text.replace('Dec 16', ''))).toMatch(
      /^Line 5: no day like “Dec 16” .* give it with --day/,
    );
    expect(await rejectionOf(text.replace('Dec 16', 'Dec 36'))).toMatch(
      /^Line 3: “Dec 36” is no day; correct the line or give the day/,
    );
    expect(await rejectionOf('Daily Papers\n\nDec 16\n')).toMatch(/no papers; paste/);
  });

  it('a page over 15 MB is rejected by its stated size or its bytes', async () => {
    expect(await rejectionOf(text, 15_000_001)).toMatch(/more than 15,000,000 bytes.*; ingest/);
    expect(await rejectionOf(Buffer.alloc(15_000_001, 'a'))).toMatch(/more than 15,000,000 bytes/);
  });

  it('a future day, and a year in which the day does not exist, are rejected', () => {
    expect(() => parse(text, { day: DaySchema.parse('2026-07-01') })).toThrow('The day 2026-07-01 lies in the future');
    expect(() => parse(text, { year: 2026 })).toThrow('“Dec 16” of 2026 lies in the future');
    expect(() => parse(text.replace('Dec 16', 'Feb 29'), { year: 2025 })).toThrow('“Feb 29” is no day of 2025');
  });

  it('a page without a day is accepted if the day is given', () => {
    expect(parse(text.replace('Dec 16', ''), { day: DaySchema.parse('2025-12-16') }).day).toBe('2025-12-16');
  });
});
