/** Round trips between queries, addresses and texts, for generated input. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toCanonical } from '#query/canonical.ts';
import { formatPaperQuery, formatQueryText, hrefOf } from '#query/format-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { parseQueryText } from '#query/text-query.ts';
import { arbitraryQuery } from '#tests/arbitrary-query.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const charactersMax = 500;
const typeable = arbitraryQuery.filter((query) => formatQueryText(query).length <= charactersMax);

/** Random sequences of strings that are special to the parser. */
const pieces = fc.constantFrom(
  '"',
  '“',
  '”',
  '""',
  '\\"',
  '\\"u',
  '-',
  '--',
  '(',
  ')',
  '|',
  '||',
  ' ',
  '  ',
  ':',
  '=',
  '*',
  '..',
  '>',
  '>=',
  '<',
  'OR',
  ' OR ',
  'NOT ',
  'AND',
  'author:',
  'au:',
  'by:',
  'authors:',
  'tag:',
  'published:',
  'listed:',
  'has:',
  'sort:',
  'id:',
  'cat:',
  'org:',
  'upvotes:',
  'nope:',
  'code',
  'new',
  '2024',
  '2024-03',
  '2025-W51',
  '3',
  '2405.14906',
  'arxiv:',
  'https://arxiv.org/abs/',
  'the',
  'of',
  'decoder',
  'x',
  'C++',
  'é',
  'e\u0301',
  '\u0301',
  '深度',
  '🙂',
  '\ud83d',
  '\u0000',
  '\n',
  '\u200b',
  '\u00a0',
  'constructor',
  '__proto__',
  '+++',
  '0',
  '999999999',
  '=',
);
const hostile = fc.oneof(
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
const long = fc.array(pieces, { minLength: 150, maxLength: 300 }).map((parts) => parts.join(' '));
const params = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'q',
        'tag',
        'authors',
        'published',
        'listed',
        'has',
        'upvotes',
        'comments',
        'sort',
        'page',
        'nope',
      ),
      hostile,
    ),
    { maxLength: 6 },
  )
  .map((entries) => new URLSearchParams(entries));

it('a query survives formatting as an address and parsing', () => {
  fc.assert(
    fc.property(typeable, (query) => {
      expect(parsePaperQuery(formatPaperQuery(query))).toEqual({ query, problems: [] });
      expect(parsePaperQuery(new URL(hrefOf('/papers', query), 'http://localhost').searchParams).query).toEqual(query);
    }),
    { numRuns: propertyRuns(3000) },
  );
}, 60_000);

it('a query survives formatting as text and parsing', () => {
  fc.assert(
    fc.property(typeable, (query) => {
      const parsed = parsePaperQuery(new URLSearchParams({ q: formatQueryText(query) }));
      expect(parsed).toEqual({ query: { ...query, page: 1 }, problems: [] });
    }),
    { numRuns: propertyRuns(3000) },
  );
}, 60_000);

it('the canonical form is stable', () => {
  fc.assert(
    fc.property(arbitraryQuery, (query) => {
      expect(toCanonical(query)).toEqual(query);
    }),
    { numRuns: propertyRuns(2000) },
  );
}, 60_000);

it('any text and parameters reach their canonical form in one step', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        hostile.map((q) => new URLSearchParams({ q })),
        params,
      ),
      (given) => {
        const { query } = parsePaperQuery(given);
        expect(parsePaperQuery(formatPaperQuery(query)).query).toEqual(query);
        expect(parsePaperQuery(new URLSearchParams({ q: formatQueryText(query) })).query).toEqual({
          ...query,
          page: 1,
        });
        expect(toCanonical(query)).toEqual(query);
      },
    ),
    { numRuns: propertyRuns(20_000) },
  );
}, 120_000);

it('texts beyond the limits reach their canonical form in one step', () => {
  fc.assert(
    fc.property(long, (text) => {
      const { query, problems } = parsePaperQuery(new URLSearchParams({ q: text }));
      expect(formatQueryText(query).length).toBeLessThanOrEqual(charactersMax);
      expect(parsePaperQuery(formatPaperQuery(query)).query).toEqual(query);
      if (text.length > charactersMax + 10)
        expect(problems.some(({ message }) => message.includes('Only the first'))).toBe(true);
    }),
    { numRuns: propertyRuns(500) },
  );
}, 60_000);

it('the parser never throws, and spans of notes lie within the text', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const { start, end } of parseQueryText(text).problems) {
        if (start === undefined || end === undefined) continue;
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }
    }),
    { numRuns: propertyRuns(50_000) },
  );
}, 120_000);
