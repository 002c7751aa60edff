/** The query builder converts queries to form fields and back. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type QueryFields, toListParams, toQueryFields } from '#query/build-query.ts';
import { formatQueryText } from '#query/format-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { arbitraryQuery } from '#tests/arbitrary-query.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const charactersMax = 500;
const build = (fields: Partial<QueryFields>) => toListParams(new URLSearchParams(fields as Record<string, string>));
const textOf = (fields: Partial<QueryFields>) => formatQueryText(parsePaperQuery(build(fields)).query);

/** The order of words can change, because each field groups its own. */
const contents = (query: PaperQuery) => ({
  where: query.where.map((one) => JSON.stringify(one)).sort(),
  sort: query.sort,
});

it('any query survives the conversion to form fields and back', () => {
  fc.assert(
    fc.property(
      arbitraryQuery.filter((query) => formatQueryText(query).length <= charactersMax),
      (query) => {
        const { query: rebuilt, problems } = parsePaperQuery(build(toQueryFields(query)));
        expect(problems).toEqual([]);
        expect(contents(rebuilt)).toEqual(contents(query));
      },
    ),
    { numRuns: propertyRuns(3000) },
  );
}, 60_000);

it('form fields are stable after one conversion', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom('Jane Doe', '="Jane Doe', '2024', '3', 'a "b c', '-x OR', 'tag:y'),
  );
  const names = Object.keys(toQueryFields({ where: [], sort: null, page: 1 }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), text), (fields) => {
      const once = parsePaperQuery(build(fields)).query;
      expect(contents(parsePaperQuery(build(toQueryFields(once))).query)).toEqual(contents(once));
    }),
    { numRuns: propertyRuns(3000) },
  );
}, 60_000);

it('each field contains text as a reader would type it', () => {
  expect(
    textOf({ all: 'draft models', phrase: 'speculative decoding', none: 'vision "state space"', any: 'llama gemma' }),
  ).toBe('draft models "speculative decoding" llama OR gemma -vision -"state space"');
  expect(textOf({ author: 'Jane Doe', title: 'memory retrieval' })).toBe(
    'author:"Jane Doe" title:memory title:retrieval',
  );
  expect(
    textOf({
      'authors-to': '3',
      'published-from': '2024-02',
      'published-to': '2024-06',
      topic: 'Code generation',
      code: 'on',
    }),
  ).toBe('tag:code-generation authors:..3 published:2024-02..2024-06 has:code');
  expect(textOf({ 'authors-from': '2', 'authors-to': '2', 'published-from': '2024', 'published-to': '2024' })).toBe(
    'authors:2 published:2024',
  );
  expect(build({ all: 'mamba', 'authors-from': '', sort: 'old' }).toString()).toBe('q=mamba&sort=old');
});

it('invalid input stays in the address, so that the list reports it', () => {
  const { query, problems } = parsePaperQuery(
    build({ all: 'mamba autor:x', 'authors-from': '5', 'authors-to': '2', author: 'Doe' }),
  );
  expect(problems.map(({ parameter, message }) => `${parameter}: ${message}`)).toEqual([
    expect.stringContaining('q: There is no qualifier “autor:”'),
    expect.stringContaining('authors: “5..2” means nothing'),
  ]);
  expect(formatQueryText(query)).toContain('author:Doe mamba');
});

it('conditions without a field go to the words, in search box syntax', () => {
  const fields = toQueryFields(
    parsePaperQuery(new URLSearchParams({ q: 'mamba abstract:linear "a b" "c d" tag:x tag:y -has:code' })).query,
  );
  expect(fields).toMatchObject({
    all: 'mamba abstract:linear "c d" tag:y -has:code',
    phrase: 'a b',
    topic: 'x',
    code: '',
  });
});
