/** Random papers and queries with few words, days and names, so that they often match. */
import fc from 'fast-check';
import { type Condition, hasKinds, sortKeys, textFields } from '#core/condition.ts';
import type { Day } from '#core/day.ts';
import { type Paper, PaperIdSchema, TagSlugSchema } from '#core/paper.ts';
import { toCanonical } from '#query/canonical.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { aPaper } from './a-paper.ts';

const words = [
  'decoder',
  'decoders',
  'decoding',
  'decoder-only',
  'draft',
  'speculative',
  'model',
  'models',
  'language',
  'gpt-4o',
  'C++',
  "don't",
  'Büchi',
  'B\\"uchi',
  '深度学习',
  '学习',
  'the',
  'of',
  'attention',
  'code',
  'GENERATION',
  'x',
  '3D',
  'f(x)',
  '$O(n)$',
  'state-of-the-art',
  'naïve',
] as const;
const names = [
  'Jane Doe',
  'Jane Döe',
  'John Roe',
  'Doe Jane',
  "Zoë O'Neil",
  'Robert "Bob" Smith',
  'K. B\\"uchi',
  '李 明',
];
const slugs = ['code-generation', 'nlp', 'survey', 'cs.cl', 'cs.se', 'stat.ml', 'c++'];
const categories = ['cs.CL', 'cs.SE', 'cs', 'stat.ML', 'stat', 'math'];
const ids = ['2405.14906', '2301.00001', 'hep-th/9901001', 'a-plain-title', 'W11-3507'];
const organizations = ['Example University', 'Sample Labs', 'The Model Group'];

const one = <T>(values: readonly T[]) => fc.constantFrom(...values);
const sentence = fc.array(one(words), { minLength: 1, maxLength: 8 }).map((list) => list.join(' '));
const count = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null });
const day = fc
  .tuple(fc.integer({ min: 2021, max: 2025 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, date]) => `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}` as Day);
const edgeDay = fc.oneof(
  day,
  one(['2024-01-01', '2024-12-31', '2024-03-01', '2024-03-31', '2024-12-16', '2024-12-22'] as Day[]),
);

function inOrder<T extends number | string>([a, b]: readonly [T | null, T | null]): readonly [T | null, T | null] {
  return a !== null && b !== null && a > b ? [b, a] : [a, b];
}

const numberRange = fc.tuple(count, count).map((pair) => {
  const [min, max] = inOrder(pair);
  return { min, max };
});
/** Days that no paper has, for the ends of ranges. */
const farDay = one([
  '0000-01-01',
  '0000-12-31',
  '0001-01-01',
  '0999-12-31',
  '1899-12-31',
  '2200-01-06',
  '9999-12-27',
  '9999-12-31',
] as Day[]);
const openDay = fc.option(fc.oneof({ weight: 6, arbitrary: edgeDay }, { weight: 1, arbitrary: farDay }), {
  nil: null,
  freq: 4,
});
const dayRange = fc.tuple(openDay, openDay).map((pair) => {
  const [from, to] = inOrder(pair);
  return { from, to };
});

/** Texts from people and programs, including texts that need quotes or have no words. */
const text = fc.oneof(
  { weight: 6, arbitrary: one(words) },
  { weight: 2, arbitrary: sentence },
  {
    weight: 1,
    arbitrary: one([
      '+++',
      'OR',
      '-x',
      'sort:new',
      'author:x',
      'a|b',
      '"',
      'x"y',
      '2405.14906',
      ' decoder ',
      'dec*',
      '(x',
      'x:',
    ]),
  },
);
const prefix = one(['dec', 'Dec', 'mod', 's', 'gp', '3', 'büc', '深', '深度', 'gen']);

const leaves: readonly fc.Arbitrary<Condition>[] = [
  fc.record({ kind: fc.constant('text'), field: one(textFields), match: one(['word', 'phrase'] as const), text }),
  fc.record({ kind: fc.constant('text'), field: one(textFields), match: fc.constant('prefix'), text: prefix }),
  fc.record({ kind: fc.constant('tag'), slug: one(slugs).map((slug) => TagSlugSchema.parse(slug)) }),
  fc.record({ kind: fc.constant('category'), name: one(categories) }),
  numberRange.map((range) => ({ kind: 'authorCount', ...range })),
  numberRange.map((range) => ({ kind: 'upvotes', ...range })),
  numberRange.map((range) => ({ kind: 'commentCount', ...range })),
  dayRange.map((range) => ({ kind: 'publishedOn', ...range })),
  dayRange.map((range) => ({ kind: 'listedOn', ...range })),
  fc.record({ kind: fc.constant('has'), what: one(hasKinds) }),
  fc.record({ kind: fc.constant('id'), id: one(ids).map((id) => PaperIdSchema.parse(id)) }),
  fc.record({ kind: fc.constant('authorName'), name: one(names) }),
];

/** A single condition. */
const arbitraryLeaf: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: leaves[0] ?? fc.oneof(...leaves) },
  ...leaves.slice(1),
);

/** Any condition, nested as deeply as the type allows. */
export const arbitraryCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition', withCrossShrink: true },
    { weight: 6, arbitrary: arbitraryLeaf },
    { weight: 1, arbitrary: tie('condition').map((condition): Condition => ({ kind: 'not', condition })) },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('condition'), { maxLength: 3, depthIdentifier: 'condition' })
        .map((conditions): Condition => ({ kind: 'anyOf', conditions })),
    },
  ),
})).condition;

/** A query in any form, not necessarily canonical. */
const arbitraryLooseQuery: fc.Arbitrary<PaperQuery> = fc.record({
  where: fc.array(arbitraryCondition, { maxLength: 5 }),
  sort: fc.option(one(sortKeys), { nil: null }),
  page: fc.integer({ min: 1, max: 40 }),
});

/** A canonical query that fits the length limit of the search box. */
export const arbitraryQuery: fc.Arbitrary<PaperQuery> = arbitraryLooseQuery.map(toCanonical);

const tags = fc.uniqueArray(one(slugs.filter((slug) => slug !== 'c++')), { maxLength: 3 });
const links = fc.uniqueArray(one(['code', 'project', 'pdf'] as const), { maxLength: 2 });

export const arbitraryPaper: fc.Arbitrary<Paper> = fc
  .record({
    number: fc.oneof(fc.constantFrom(14906, 1), fc.integer({ min: 2, max: 9999 })),
    title: sentence,
    abstract: fc.oneof(fc.constant(''), sentence),
    authors: fc.uniqueArray(one(names), { maxLength: 3 }),
    authorCount: count,
    organization: fc.option(one(organizations), { nil: null }),
    publishedOn: fc.oneof(fc.constant(null), edgeDay, one(['2021', '2024'])),
    listedOn: fc.uniqueArray(edgeDay, { maxLength: 2 }),
    upvotes: count,
    commentCount: count,
    tags,
    links,
  })
  .map(({ number, listedOn, links: kinds, authorCount, ...paper }) => {
    const id = `${number === 1 ? '2301' : '2405'}.${String(number).padStart(5, '0')}`;
    return aPaper({
      ...paper,
      id,
      arxivId: id,
      authorCount: paper.authors.length > 0 ? paper.authors.length : authorCount,
      listings: listedOn.map((listed, i) => ({
        source: (number + i) % 3 === 0 ? 'arxiv:cs.CL' : 'listing',
        day: listed,
        position: i + 1,
      })),
      links: kinds.map((kind) => ({ kind, url: `https://example.org/${kind}` })),
    });
  });

/** Papers with unique ids, as in a store. */
export const arbitraryPapers: fc.Arbitrary<Paper[]> = fc.uniqueArray(arbitraryPaper, {
  maxLength: 12,
  selector: (paper) => paper.id,
});
