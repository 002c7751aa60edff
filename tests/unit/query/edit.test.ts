/** Edits of queries, and completion in the search box. */
import { describe, expect, it } from 'vitest';
import type { Condition } from '#core/condition.ts';
import { TagSlugSchema } from '#core/paper.ts';
import { applyCompletion, completeQuery } from '#query/complete-query.ts';
import {
  hasCondition,
  tagState,
  toggleCondition,
  toQuery,
  withCondition,
  withOnly,
  withoutCondition,
  withPage,
  withSort,
  withTag,
} from '#query/edit-query.ts';
import { formatQueryText, hrefOf } from '#query/format-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';

const query = parsePaperQuery(new URLSearchParams('q=draft&tag=nlp&tag=-survey&authors=2..5&page=3')).query;
const slug = (text: string) => TagSlugSchema.parse(text);
const code: Condition = { kind: 'has', what: 'code' };

describe('edits', () => {
  it.each([
    ['add', withCondition(query, code), '/?q=draft&tag=nlp&tag=-survey&authors=2..5&has=code'],
    [
      'add what is there',
      withCondition(query, { kind: 'tag', slug: slug('nlp') }),
      '/?q=draft&tag=nlp&tag=-survey&authors=2..5',
    ],
    ['remove', withoutCondition(query, { kind: 'tag', slug: slug('nlp') }), '/?q=draft&tag=-survey&authors=2..5'],
    ['toggle on', toggleCondition(query, code), '/?q=draft&tag=nlp&tag=-survey&authors=2..5&has=code'],
    ['toggle off', toggleCondition(toggleCondition(query, code), code), '/?q=draft&tag=nlp&tag=-survey&authors=2..5'],
    [
      'replace a range',
      withOnly(query, 'authorCount', { kind: 'authorCount', min: 10, max: null }),
      '/?q=draft&tag=nlp&tag=-survey&authors=10..',
    ],
    ['drop a range', withOnly(query, 'authorCount', null), '/?q=draft&tag=nlp&tag=-survey'],
    [
      'include what was excluded',
      withTag(query, slug('survey'), 'included'),
      '/?q=draft&tag=nlp&tag=survey&authors=2..5',
    ],
    [
      'exclude what was included',
      withTag(query, slug('nlp'), 'excluded'),
      '/?q=draft&tag=-nlp&tag=-survey&authors=2..5',
    ],
    ['forget a tag', withTag(query, slug('survey'), 'off'), '/?q=draft&tag=nlp&authors=2..5'],
    ['sort', withSort(query, 'new'), '/?q=draft&tag=nlp&tag=-survey&authors=2..5&sort=new'],
    ['turn the page', withPage(query, 4), '/?q=draft&tag=nlp&tag=-survey&authors=2..5&page=4'],
  ])('%s', (_, edited, href) => {
    expect(hrefOf('/', edited)).toBe(href);
  });

  it('a tag is included, excluded or off', () => {
    expect(['nlp', 'survey', 'other'].map((one) => tagState(query, slug(one)))).toEqual([
      'included',
      'excluded',
      'off',
    ]);
  });

  it('conditions with the same meaning are equal', () => {
    expect(hasCondition(query, { kind: 'anyOf', conditions: [{ kind: 'authorCount', min: 2, max: 5 }] })).toBe(true);
    expect(hasCondition(query, code)).toBe(false);
  });

  it('an edit brings conditions into canonical form', () => {
    const made = toQuery([
      code,
      {
        kind: 'not',
        condition: {
          kind: 'anyOf',
          conditions: [
            { kind: 'tag', slug: slug('b') },
            { kind: 'tag', slug: slug('a') },
          ],
        },
      },
      { kind: 'text', field: 'any', match: 'word', text: 'two words' },
      { kind: 'anyOf', conditions: [] },
      { kind: 'anyOf', conditions: [code] },
    ]);
    expect(formatQueryText(made)).toBe('"two words" -tag:a -tag:b has:code');
    expect(made.where).toHaveLength(4);
  });
});

describe('completion', () => {
  const at = (marked: string) => completeQuery(marked.replace('^', ''), marked.indexOf('^'));

  it.each([
    [
      'a qualifier',
      'draft aut^',
      { kind: 'qualifier', span: { start: 6, end: 9 }, prefix: 'aut', options: ['author:', 'authors:'] },
    ],
    [
      'a qualifier in the middle',
      'au^t draft',
      { kind: 'qualifier', span: { start: 0, end: 3 }, prefix: 'au', options: ['author:', 'authors:'] },
    ],
    [
      'an excluded qualifier',
      '-ha^',
      { kind: 'qualifier', span: { start: 1, end: 3 }, prefix: 'ha', options: ['has:'] },
    ],
    [
      'fixed values',
      'has:c^',
      { kind: 'value', span: { start: 4, end: 5 }, prefix: 'c', options: ['code', 'comments'] },
    ],
    [
      'fixed values from the start',
      'draft has:^',
      {
        kind: 'value',
        span: { start: 10, end: 10 },
        prefix: '',
        options: ['code', 'project', 'comments', 'abstract', 'authors'],
      },
    ],
    [
      'a second value',
      'has:code|p^',
      { kind: 'value', span: { start: 9, end: 10 }, prefix: 'p', options: ['project'] },
    ],
    ['orders', 'sort:t^', { kind: 'value', span: { start: 5, end: 6 }, prefix: 't', options: ['trending'] }],
    ['a tag', 'tag:code^ x', { kind: 'tag', span: { start: 4, end: 8 }, prefix: 'code', options: [] }],
    [
      'a name in open quotes',
      'au:"Jane D^oe" x',
      { kind: 'author', span: { start: 3, end: 13 }, prefix: 'Jane D', options: [] },
    ],
    ['an exact name', 'author:="Ja^', { kind: 'author', span: { start: 7, end: 11 }, prefix: 'Ja', options: [] }],
    ['nothing between words', 'draft ^', null],
    ['nothing in a phrase', '"draft mo^', null],
    ['nothing behind a closed one', 'au:"Jane"^', null],
    ['nothing behind an unknown qualifier', 'nope:x^', null],
    ['nothing in nothing', '^', null],
  ])('%s', (_, marked, expected) => {
    expect(at(marked)).toEqual(expected);
  });

  it('the chosen option replaces the span in the text', () => {
    const text = 'draft aut model';
    const completion = completeQuery(text, 9);
    expect(completion && applyCompletion(text, completion, 'author:')).toEqual({
      text: 'draft author: model',
      caret: 13,
    });
    const value = completeQuery('has:c', 5);
    expect(value && applyCompletion('has:c', value, 'code')).toEqual({ text: 'has:code ', caret: 9 });
  });
});
