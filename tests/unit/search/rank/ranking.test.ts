/** Order by relevance, and partial matches for papers that lack some of the words. */
import { expect, test } from 'vitest';
import type { Condition } from '#core/condition.ts';
import { aPaper, type PaperOverrides } from '#tests/a-paper.ts';
import { aRequest, indexOf } from '#tests/search-stores.ts';

const text = (match: 'word' | 'phrase' | 'prefix', words: string): Condition => ({
  kind: 'text',
  field: 'any',
  match,
  text: words,
});
const word = (one: string) => text('word', one);

/** Ids of the results in order. Partial matches have a question mark. */
function found(papers: readonly PaperOverrides[], where: readonly Condition[]): string[] {
  const store = papers.map((paper, key) => ({
    paper: aPaper({ title: 'Untitled', abstract: '', publishedOn: '2024-05-01', ...paper }),
    key,
  }));
  const result = indexOf(store).search(aRequest({ where, sort: 'relevance' }));
  expect(result.hits).toHaveLength(result.total + result.partial);
  return result.hits.map(({ key, partial }) => `${store[key]?.paper.id}${partial ? '?' : ''}`);
}

test('a title, a rare word and a short text count more than an abstract, a common word and a long text', () => {
  const filler = 'and much else besides of other matters '.repeat(10);
  expect(
    found(
      [
        { id: 'body', abstract: 'mamba' },
        { id: 'title', title: 'mamba' },
      ],
      [word('mamba')],
    ),
  ).toEqual(['title', 'body']);
  expect(
    found(
      [
        { id: 'long', abstract: `mamba ${filler}` },
        { id: 'short', abstract: 'mamba' },
      ],
      [word('mamba')],
    ),
  ).toEqual(['short', 'long']);
  const papers = [
    { id: 'common-1', abstract: 'model' },
    { id: 'common-2', abstract: 'model' },
    { id: 'rare', abstract: 'mamba' },
  ];
  expect(found(papers, [word('model'), word('mamba')])).toEqual(['rare?', 'common-1?', 'common-2?']);
});

test('a paper with the words next to each other comes before one with the same words apart', () => {
  const papers = [
    { id: 'apart', abstract: 'draft proposals are written, edited, and then the model is sent out' },
    { id: 'together', abstract: 'a draft model is written, edited, and then the proposals are sent' },
  ];
  expect(found(papers, [word('draft'), word('model')])).toEqual(['together', 'apart']);
});

test('papers of equal rank are ordered newest first, then by key', () => {
  const papers = [
    { id: 'old', publishedOn: '2020' },
    { id: 'new-1' },
    { id: 'new-2' },
    { id: 'undated', publishedOn: null },
  ];
  expect(found(papers, [word('untitled')])).toEqual(['new-1', 'new-2', 'old', 'undated']);
});

test('a word that the query repeats weighs more', () => {
  const papers = [
    { id: 'a', abstract: 'mamba' },
    { id: 'b', abstract: 'rwkv' },
  ];
  expect(found(papers, [word('mamba'), word('rwkv'), word('rwkv')])).toEqual(['b?', 'a?']);
  expect(found(papers, [word('mamba'), word('mamba'), word('rwkv')])).toEqual(['a?', 'b?']);
});

test('partial matches follow the full matches and satisfy every filter and negation', () => {
  const papers = [
    { id: 'full', abstract: 'mamba decoding', upvotes: 5 },
    { id: 'part', abstract: 'mamba', upvotes: 5 },
    { id: 'unfit', abstract: 'mamba', upvotes: 1 },
    { id: 'excluded', abstract: 'decoding survey', upvotes: 5 },
    { id: 'other', abstract: 'graphs', upvotes: 5 },
  ];
  const filters: Condition[] = [
    { kind: 'upvotes', min: 2, max: null },
    { kind: 'not', condition: word('survey') },
  ];
  expect(found(papers, [word('mamba'), word('decoding'), ...filters])).toEqual(['full', 'part?']);
});

test('one content word of a hyphenated word is enough for a partial match', () => {
  const papers = [
    { id: 'part', abstract: 'the decoder' },
    { id: 'common', abstract: 'of the art' },
  ];
  expect(found(papers, [word('decoder-only')])).toEqual(['part?']);
});

test('the letters after an apostrophe alone are not a partial match', () => {
  const papers = [
    { id: 'other', abstract: "the model's parameters" },
    { id: 'part', abstract: 'a test in the manner of turing' },
  ];
  expect(found(papers, [word("turing's"), word('test')])).toEqual(['part?']);
});

test('a partial match stems each word of the query only once', () => {
  expect(found([{ id: 'part', abstract: 'they agreed' }], [word('agreed'), word('mamba')])).toEqual(['part?']);
});

test('a phrase is required, unless no paper with any of the words contains it', () => {
  const papers = [
    { id: 'phrase', abstract: 'draft model' },
    { id: 'words', abstract: 'model draft mamba' },
  ];
  expect(found(papers, [word('mamba'), text('phrase', 'draft model')])).toEqual(['words?', 'phrase?']);
  expect(
    found([...papers, { id: 'both', abstract: 'mamba draft model' }], [word('mamba'), text('phrase', 'draft model')]),
  ).toEqual(['both']);
  expect(found(papers, [text('phrase', 'model mamba')])).toEqual([]);
  expect(found(papers, [text('phrase', 'mamba'), word('graph')])).toEqual(['words?']);
});

test('a full page of full matches has no partial matches', () => {
  const many = (count: number) => [
    ...Array.from({ length: count }, (_, i) => ({ id: `full-${i}`, abstract: 'mamba decoding' })),
    { id: 'part', abstract: 'mamba' },
  ];
  expect(found(many(29), [word('mamba'), word('decoding')])).toHaveLength(30);
  expect(found(many(30), [word('mamba'), word('decoding')])).toHaveLength(30);
  expect(found(many(30), [word('mamba'), word('decoding')])).not.toContain('part?');
});

test('a prefix ranks by the field of its completion', () => {
  const papers = [
    { id: 'body', abstract: 'decoding' },
    { id: 'title', title: 'Decoders' },
  ];
  expect(found(papers, [text('prefix', 'dec')])).toEqual(['title', 'body']);
});
