/** Each condition, with one example on either side of every boundary. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, TextField } from '#core/condition.ts';
import type { Day } from '#core/day.ts';
import { matches, prefixWordsOf } from '#core/matches.ts';
import { PaperIdSchema, TagSlugSchema } from '#core/paper.ts';
import { toCanonical } from '#query/canonical.ts';
import { aPaper } from '#tests/a-paper.ts';
import { arbitraryCondition, arbitraryPaper } from '#tests/arbitrary-query.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const word = (text: string, field: TextField = 'any'): Condition => ({ kind: 'text', field, match: 'word', text });
const phrase = (text: string, field: TextField = 'any'): Condition => ({ kind: 'text', field, match: 'phrase', text });
const prefix = (text: string, field: TextField = 'any'): Condition => ({ kind: 'text', field, match: 'prefix', text });
const published = (from: string | null, to: string | null): Condition => ({
  kind: 'publishedOn',
  from: from as Day | null,
  to: to as Day | null,
});

describe('words', () => {
  const paper = aPaper({
    title: 'Decoder-only models',
    abstract: 'We draft with C++ and B\\"uchi automata.',
    authors: ['Jane Doe', 'John Roe'],
    organization: 'Example University',
    tags: ['code-generation'],
  });

  it.each([
    ['stems', word('decoders'), true],
    ['accents in TeX', word('Büchi'), true],
    ['a tag label', word('generating'), true],
    ['an author', word('doe'), true],
    ['not the organisation', word('university'), false],
    ['the organisation when asked', word('university', 'org'), true],
    ['joined words side by side', word('decoder-only'), true],
    ['not the other way round', word('only-decoder'), false],
    ['only in the field', word('draft', 'title'), false],
    ['a phrase within one field', phrase('automata'), true],
    ['a phrase not across two fields', phrase('models we'), false],
    ['a phrase not across two authors', phrase('doe john', 'author'), false],
    ['a prefix of an unstemmed word', prefix('automat'), true],
    ['a prefix longer than the stem', prefix('automata'), true],
    ['not a longer prefix', prefix('automatas'), false],
    ['no prefix in the middle', prefix('coder'), false],
    ['no term at all', word('+++'), true],
    ['no term in a field the paper lacks', word('+++', 'org'), true],
  ])('%s', (_, condition, expected) => {
    expect(matches(condition, paper)).toBe(expected);
  });

  it('matches Chinese by character bigrams', () => {
    const chinese = aPaper({ title: '深度学习模型' });
    expect(matches(word('学习'), chinese)).toBe(true);
    expect(matches(word('习学'), chinese)).toBe(false);
    expect(matches(prefix('度学'), chinese)).toBe(true);
    expect(matches(prefix('模'), chinese)).toBe(true);
    expect(prefixWordsOf('GPT模型 Models')).toEqual(['gpt', '模型', 'models']);
  });
});

describe('other conditions', () => {
  const paper = aPaper({
    id: '2405.14906',
    arxivId: '2405.14906',
    aliases: ['an-older-title'],
    authors: ['Zoë Doe', 'John Roe'],
    publishedOn: '2024',
    listings: [
      { source: 'a', day: '2025-12-15', position: 3 },
      { source: 'b', day: '2025-12-17', position: 1 },
    ],
    upvotes: 0,
    tags: ['survey', 'cs.CL'],
    links: [{ kind: 'code', url: 'https://example.org/code' }],
  });
  const id = (text: string): Condition => ({ kind: 'id', id: PaperIdSchema.parse(text) });

  it.each<[string, Condition, boolean]>([
    ['a tag', { kind: 'tag', slug: TagSlugSchema.parse('survey') }, true],
    ['a category is a tag', { kind: 'tag', slug: TagSlugSchema.parse('cs.cl') }, true],
    ['a category', { kind: 'category', name: 'cs.CL' }, true],
    ['an archive', { kind: 'category', name: 'cs' }, true],
    ['no half archive', { kind: 'category', name: 'c' }, false],
    ['a topic is no category', { kind: 'category', name: 'survey' }, false],
    ['a count in the range', { kind: 'authorCount', min: 2, max: 2 }, true],
    ['a count below', { kind: 'authorCount', min: 3, max: null }, false],
    ['zero counts', { kind: 'upvotes', min: null, max: 0 }, true],
    ['an unknown count never', { kind: 'commentCount', min: null, max: null }, false],
    ['a year within its own year', published('2024-01-01', '2024-12-31'), true],
    ['a year not within a part of it', published('2024-01-01', '2024-12-30'), false],
    ['a year in an open range', published(null, '2024-12-31'), true],
    ['any listing day', { kind: 'listedOn', from: '2025-12-17' as Day, to: '2025-12-17' as Day }, true],
    ['no day between the listings', { kind: 'listedOn', from: '2025-12-16' as Day, to: '2025-12-16' as Day }, false],
    ['code', { kind: 'has', what: 'code' }, true],
    ['no project page', { kind: 'has', what: 'project' }, false],
    ['no comments when unknown', { kind: 'has', what: 'comments' }, false],
    ['the id', id('2405.14906'), true],
    ['its address with a version', id('2405.14906v3'), true],
    ['an alias', id('an-older-title'), true],
    ['no other id', id('2405.14907'), false],
    ['an author by name', { kind: 'authorName', name: 'zoe doe' }, true],
    ['not by a part of the name', { kind: 'authorName', name: 'Doe' }, false],
    ['not', { kind: 'not', condition: { kind: 'has', what: 'code' } }, false],
    ['any of', { kind: 'anyOf', conditions: [id('x'), id('2405.14906')] }, true],
    ['any of none', { kind: 'anyOf', conditions: [] }, false],
  ])('%s', (_, condition, expected) => {
    expect(matches(condition, paper)).toBe(expected);
  });

  it('matches no range with an unknown date', () => {
    expect(matches(published(null, null), aPaper({ publishedOn: null }))).toBe(false);
  });
});

/** Conditions without a word and alternatives without a member. The canonical form drops them. */
function saysSomething(condition: Condition): boolean {
  if (condition.kind === 'not') return saysSomething(condition.condition);
  if (condition.kind === 'anyOf') return condition.conditions.length > 0 && condition.conditions.every(saysSomething);
  return toCanonical({ where: [condition], sort: null, page: 1 }).where.length > 0;
}

it('means the same in canonical form', () => {
  fc.assert(
    fc.property(arbitraryCondition.filter(saysSomething), arbitraryPaper, (condition, paper) => {
      const canonical = toCanonical({ where: [condition], sort: null, page: 1 }).where;
      expect(canonical.every((one) => matches(one, paper))).toBe(matches(condition, paper));
    }),
    { numRuns: propertyRuns(3000) },
  );
}, 30_000);
