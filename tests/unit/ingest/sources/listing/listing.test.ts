/** The seed listing: its known papers, and the result of truncating or changing it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DaySchema } from '#core/day.ts';
import { PaperRecordSchema } from '#core/record.ts';
import { type SourceEvent, SourceRefused } from '#ingest/source.ts';
import { listing, parseListing, toRecord } from '#ingest/sources/listing/listing.ts';
import type { ListingOptions, ParsedListing } from '#ingest/sources/listing/listing-paper.ts';

const name = 'daily-papers-2025-12-16.txt';
const bytes = readFileSync(`seeds/${name}`);
const seed = bytes.toString('utf8');
const today = DaySchema.parse('2030-01-01');
const parse = (text: string, options: ListingOptions & { name?: string } = {}): ParsedListing =>
  parseListing(text, { name, today, ...options });

async function* chunksOf(data: Uint8Array, size = 1000) {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

async function readAll(data: Uint8Array): Promise<SourceEvent[]> {
  return Array.fromAsync(
    listing.read({ bytes: chunksOf(data), name, size: data.length, now: '2030-01-01T00:00:00.000Z' }, {}),
  );
}

describe('the listing of 16 December 2025', () => {
  const { day, papers, rejected } = parse(seed);

  it('the listing has 35 papers, 33 with author count and date, and no rejected line', () => {
    expect([day, papers.length, rejected]).toEqual(['2025-12-16', 35, []]);
    expect(papers.filter((paper) => paper.authors !== null && paper.published !== null)).toHaveLength(33);
    expect(papers.map((paper) => paper.listed)).toEqual(papers.map((_, i) => ({ day: '2025-12-16', position: i + 1 })));
  });

  it('each paper has the date, author count and comment count that the page states', () => {
    const metadataOf = (position: number) =>
      papers.slice(position - 1, position).map((p) => [p.line, p.authors, p.published, p.comments])[0];
    expect(metadataOf(1)).toEqual([13, 4, '2021-09-02', null]);
    expect(metadataOf(2)).toEqual([21, 1, '2024-10-23', null]);
    expect(metadataOf(3)).toEqual([29, 4, '2025-02-06', null]);
    expect(metadataOf(5)).toEqual([45, 3, '2023-05-26', 2]);
    expect(metadataOf(18)).toEqual([145, 6, '2025-07-15', 7]);
    expect(metadataOf(24)).toEqual([189, 7, '2016-10-07', null]);
    expect(metadataOf(35)).toEqual([277, 3, '2025-07-31', null]);
    expect(papers.flatMap((paper) => paper.comments ?? [])).toEqual([2, 2, 2, 1, 7, 2, 2, 2, 2, 6]);
    expect(papers.filter((paper) => paper.published?.startsWith('2025'))).toHaveLength(8);
  });

  it('a paper without metadata ends at the next title', () => {
    const bare = papers.filter((paper) => paper.authors === null);
    expect(bare.map((paper) => [paper.listed?.position, paper.published, paper.comments])).toEqual([
      [12, null, null],
      [21, null, null],
    ]);
    for (const paper of bare) {
      const lines = seed.split('\n');
      expect([paper.title, paper.abstract]).toEqual([lines[paper.line - 1], lines[paper.line + 1]]);
      const next = papers[paper.listed?.position ?? 0];
      expect([next?.line, next?.title]).toEqual([paper.line + 4, lines[paper.line + 3]]);
    }
  });

  it('TeX markup stays unchanged', () => {
    expect(papers[8]?.abstract).toContain('20.6times speedup');
    expect(papers[18]?.abstract).toContain("``CodeT5+''");
  });

  it('the year comes from the file name, an option, the written years, or the current day', () => {
    expect(parse(seed, { name: '-' }).day).toBe('2025-12-16');
    expect(parse(seed, { name: 'papers_20231216.txt' }).day).toBe('2023-12-16');
    expect(parse(seed, { year: 2022 }).day).toBe('2022-12-16');
    expect(parse(seed, { day: DaySchema.parse('2024-02-29') }).day).toBe('2024-02-29');
    const unwritten = seed.replace(/^([A-Z][a-z]{2} \d+), \d{4}/gm, '$1');
    expect(parse(unwritten, { name: '-' }).day).toBe('2029-12-16');
    expect(parseListing(seed, { name: '-', today: DaySchema.parse('2025-12-15') }).day).toBe('2024-12-16');
  });

  it('the papers become valid records, with code links from their abstracts', () => {
    const records = papers.map((paper) =>
      PaperRecordSchema.parse(toRecord(paper, { now: '2030-01-01T00:00:00.000Z' })),
    );
    expect(records.flatMap((record) => record.links)).toHaveLength(8);
    expect(records[0]).toMatchObject({
      source: 'listing',
      authorCount: 4,
      publishedOn: '2021-09-02',
      listings: [{ day: '2025-12-16', position: 1 }],
    });
    expect(records[0]?.links).toEqual([{ kind: 'code', url: 'https://github.com/salesforce/CodeT5' }]);
    expect(records[11]).not.toHaveProperty('authorCount');
  });

  it('the source reads byte chunks and reports progress', async () => {
    const events = await readAll(bytes);
    const records = events.filter((event) => event.kind === 'record');
    expect(records.map((event) => event.where)).toEqual(papers.map((paper) => `line ${paper.line}`));
    expect(events.filter((event) => event.kind === 'progress').at(-1)).toMatchObject({
      done: bytes.length,
      total: bytes.length,
    });
  });
});

describe('a truncated listing', () => {
  const whole = parse(seed).papers;

  it('a listing truncated anywhere gives all complete papers and no others', async () => {
    const ends = whole.map((_, i) =>
      seed
        .split('\n')
        .slice(0, (whole[i + 1]?.line ?? 285) - 2)
        .join('\n'),
    );
    // A last paper without metadata is complete if its line has a line break.
    const byteEnds = ends.map((text, i) => Buffer.byteLength(text) + (whole[i]?.authors === null ? 1 : 0));
    const countOffset = Buffer.from(seed).indexOf('4 authors');
    const everyByte = Array.from({ length: 300 }, (_, i) => countOffset - 100 + i);
    const anyByte = Array.from({ length: Math.floor(bytes.length / 97) }, (_, i) => i * 97);
    for (const at of [...everyByte, ...anyByte]) {
      const events = await readAll(bytes.subarray(0, at)).catch((error) => {
        expect(error).toBeInstanceOf(SourceRefused);
        return [];
      });
      const found = events.flatMap((event) => (event.kind === 'record' ? [event.record] : []));
      const wholeCount = byteEnds.filter((end) => end <= at).length;
      expect(found.length, `cut at ${at}`).toBeGreaterThanOrEqual(wholeCount);
      for (const [i, record] of found.entries()) {
        const wanted = toRecord(whole[i] ?? neverRead(), { now: '2030-01-01T00:00:00.000Z' });
        expect([record.title, record.abstract], `cut at ${at}`).toEqual([wanted.title, wanted.abstract]);
        if (i < wholeCount) expect(record).toEqual(wanted);
      }
    }
  }, 60_000);

  it('the rejection of a truncated paper states the line and the missing part', () => {
    const until = (end: string) => parse(seed.slice(0, seed.indexOf(end) + end.length)).rejected;
    expect(until('Future Token Prediction -- Causal')).toEqual([
      {
        where: 'line 21',
        reason: 'a title without an abstract, or a line that belongs to no paper',
        title: 'Future Token Prediction -- Causal',
      },
    ]);
    expect(until('• 1 authors\n')[0]).toMatchObject({
      where: 'line 21',
      reason: 'the text ends after “• 1 authors” in line 25, before the date',
    });
    expect(until('Oct 23,')[0]?.reason).toBe('“Oct 23,” in line 27 is neither a number of authors nor a date');
    expect(until('rather than just one.')[0]).toMatchObject({
      where: 'line 21',
      reason: expect.stringContaining('ends in its abstract'),
    });
  });
});

function neverRead(): never {
  throw new Error('more papers were found than there are');
}
