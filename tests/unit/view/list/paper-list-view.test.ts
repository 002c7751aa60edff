/** Whole list views: links lead to the right queries, and counts add up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '#core/condition.ts';
import { type Day, parseDay } from '#core/day.ts';
import { TagSlugSchema } from '#core/paper.ts';
import type { Facets } from '#core/ports/papers.ts';
import { tagState, toQuery } from '#query/edit-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import type { ListScope } from '#query/scope.ts';
import { aPaper } from '#tests/a-paper.ts';
import { arbitraryQuery } from '#tests/arbitrary-query.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import type { PaperListView } from '#view/list/paper-list-view.ts';
import { type ListContext, toPaperListView } from '#view/list/to-paper-list-view.ts';

const day = (text: string): Day => parseDay(text) ?? expect.fail(`${text} is no day`);
const slug = (text: string) => TagSlugSchema.parse(text);
const topic = (name: string, count: number) => ({ kind: 'topic' as const, slug: slug(name), label: name, count });
const word = (text: string): Condition => ({ kind: 'text', field: 'any', match: 'word', text });

const facets: Facets = {
  topics: [topic('nlp', 20), topic('survey', 3)],
  years: [
    { year: 1998, count: 2 },
    { year: 2024, count: 5 },
    { year: 2025, count: 28 },
  ],
  authorCounts: [
    { authors: 1, count: 4 },
    { authors: 15, count: 2 },
    { authors: 3303, count: 1 },
  ],
  hasCode: 9,
};
const all: ListScope = { kind: 'all' };
const dayScope: ListScope = { kind: 'day', day: day('2025-12-16') };

function viewOf(overrides: Partial<ListContext> = {}): PaperListView {
  return toPaperListView({
    scope: all,
    query: toQuery([]),
    problems: [],
    result: { total: 35, partial: 0, facets, indexing: null },
    papers: [{ paper: aPaper({ upvotes: 3 }), partial: false, score: 4 }],
    days: [{ day: day('2025-12-16'), count: 35 }],
    today: day('2025-12-16'),
    tagLabels: new Map([['nlp', 'Natural language processing']]),
    suggestions: [],
    formats: [{ label: 'Atom', path: '/feeds/papers.atom', feedType: 'application/atom+xml' }],
    storeIsEmpty: false,
    siteUrl: 'https://digest.example',
    ...overrides,
  });
}

/** Parses an address; the test fails if the query has problems. */
function follow(href: string): PaperQuery {
  const { query, problems } = parsePaperQuery(new URL(href, 'https://digest.example').searchParams);
  expect(problems).toEqual([]);
  return query;
}

describe('a list', () => {
  it('a list has a title, a description and counts', () => {
    expect(viewOf({ scope: dayScope })).toMatchObject({
      title: 'Tuesday, 16 December 2025',
      totalLabel: '35 papers',
      formula: null,
    });
    expect(viewOf({ result: { total: 2000, partial: 1, facets: null, indexing: null } })).toMatchObject({
      totalLabel: '2,000 papers',
      indexing: null,
      partial: 1,
      facets: null,
    });
    expect(viewOf({ scope: { kind: 'trending' } }).formula).toContain('upvotes');
    expect(viewOf({ scope: { kind: 'tag', slug: slug('nlp'), label: 'NLP' } })).toMatchObject({
      title: 'NLP',
      description: 'Papers on NLP.',
    });
  });

  it('a list view is plain JSON', () => {
    const view = viewOf({ scope: dayScope, query: toQuery([word('decoder'), { kind: 'tag', slug: slug('nlp') }]) });
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });

  it('a list shows its filters as chips that remove them', () => {
    const view = viewOf({ query: toQuery([word('decoder'), { kind: 'tag', slug: slug('nlp') }], 'new') });
    expect(view.chips.map((chip) => chip.label)).toEqual(['decoder', 'Natural language processing']);
    expect(follow(view.chips[0]?.href ?? '')).toEqual(toQuery([{ kind: 'tag', slug: slug('nlp') }], 'new'));
    expect(view.clearHref).toBe('/papers?sort=new');
    expect(viewOf().clearHref).toBeNull();
  });

  it('the form contains the filters as a reader would type them', () => {
    const query = toQuery(
      [
        word('decoder'),
        { kind: 'authorCount', min: 1, max: 3 },
        { kind: 'tag', slug: slug('nlp') },
        { kind: 'has', what: 'code' },
      ],
      'old',
    );
    expect(viewOf({ query }).form).toEqual({
      action: '/papers',
      q: 'decoder',
      authors: '1..3',
      published: '',
      listed: '',
      has: ['code'],
      tags: ['nlp'],
      sort: 'old',
    });
  });

  it('a list explains relevance and trending only', () => {
    const whyOf = (overrides: Partial<ListContext>) => viewOf(overrides).papers[0]?.why;
    expect(whyOf({ query: toQuery([word('plain')]) })).toBe('“plain” in the title');
    expect(whyOf({ query: toQuery([word('plain'), word('plain'), word('absent')]) })).toBe(
      '“plain” in the title, not “absent”',
    );
    expect(whyOf({ query: toQuery([{ kind: 'anyOf', conditions: [word('absent'), word('plain')] }]) })).toBe(
      '“plain” in the title',
    );
    expect(whyOf({ query: toQuery([word('plain')], 'new') })).toBeNull();
    expect(whyOf({ scope: { kind: 'trending' } })).toContain('score 4.00: 3 upvotes');
    expect(viewOf({ scope: { kind: 'trending' } }).formula).toContain('last listed, or else published,');
    expect(whyOf({})).toBeNull();
  });

  it('a list links to corrected queries', () => {
    const query = toQuery([word('speculative'), word('decoding')]);
    const view = viewOf({
      query: toQuery([word('Speculatve'), word('decoding')]),
      suggestions: [{ label: 'speculative', query, count: 7 }],
    });
    expect(view.didYouMean).toEqual([{ label: 'speculative', count: 7, href: '/papers?q=speculative+decoding' }]);
  });

  it('links to other formats include the conditions of the scope', () => {
    const href = viewOf({ scope: dayScope, query: toQuery([word('decoder')]) }).formats[0]?.href ?? '';
    expect(href.startsWith('/feeds/papers.atom?')).toBe(true);
    expect(follow(href)).toEqual(
      toQuery([word('decoder'), { kind: 'listedOn', from: day('2025-12-16'), to: day('2025-12-16') }], 'listing'),
    );
    expect(viewOf().formats[0]?.href).toBe('/feeds/papers.atom');
  });

  it('only the feeds of the front page include later days', () => {
    const formats = [
      { label: 'Atom', path: '/feeds/papers.atom', feedType: 'application/atom+xml' },
      { label: 'CSV', path: '/feeds/papers.csv', feedType: null },
    ];
    const hrefs = (scope: ListScope) => viewOf({ scope, formats }).formats.map(({ href }) => href);
    const ofDay = '?listed=2025-12-16&sort=listing';
    expect(hrefs({ kind: 'day', day: day('2025-12-16'), isLatest: true })).toEqual([
      '/feeds/papers.atom?sort=listing',
      `/feeds/papers.csv${ofDay}`,
    ]);
    expect(hrefs(dayScope)).toEqual([`/feeds/papers.atom${ofDay}`, `/feeds/papers.csv${ofDay}`]);
  });

  it('every link of a list leads to a valid query', () => {
    fc.assert(
      fc.property(arbitraryQuery, fc.constantFrom(all, dayScope), (query, scope) => {
        const view = viewOf({ query, scope });
        const links = [
          ...view.chips,
          ...view.sorts,
          ...view.pager.numbers,
          ...view.formats,
          ...(view.facets?.topics ?? []),
        ];
        for (const { href } of links) follow(href);
      }),
      { numRuns: propertyRuns(60) },
    );
  }, 30_000);
});

describe('a day that several sources listed', () => {
  const listed = (id: string, ...sources: string[]) => ({
    paper: aPaper({ id, listings: sources.map((source, i) => ({ source, day: '2025-12-16', position: i + 1 })) }),
    partial: false,
    score: 0,
  });
  const by = (...papers: ListContext['papers']) =>
    viewOf({ scope: dayScope, papers }).papers.map((card) => card.listed?.by);

  it('a list with several sources names the source of each paper', () => {
    expect(
      by(listed('a', 'listing', 'hf'), listed('b', 'arxiv:cs.LG', 'arxiv:cs.CL', 'hf'), listed('c', 'arxiv:cs.CL')),
    ).toEqual(['Hugging Face', 'arXiv cs.CL, arXiv cs.LG and Hugging Face', 'arXiv cs.CL']);
  });

  it('a list with one source does not name it', () => {
    expect(by(listed('a', 'listing', 'hf'), listed('b', 'hf'))).toEqual([null, null]);
  });
});

describe('orders', () => {
  const keysOf = (overrides: Partial<ListContext>) => viewOf(overrides).sorts.map((sort) => sort.key);
  it('a list offers only orders that apply', () => {
    expect(keysOf({})).toEqual(['new', 'old', 'trending', 'upvotes', 'comments', 'authors']);
    expect(keysOf({ scope: dayScope, query: toQuery([word('x')]) })).toEqual([
      ...keysOf({ scope: dayScope }).toSpliced(1, 0, 'relevance'),
    ]);
    expect(keysOf({ scope: dayScope })[0]).toBe('listing');
  });
  it('the default order has no parameter, and the current order is active', () => {
    const { sorts } = viewOf({ query: toQuery([word('x')], 'old') });
    expect(sorts.find((sort) => sort.active)?.key).toBe('old');
    expect(sorts.find((sort) => sort.key === 'relevance')?.href).toBe('/papers?q=x');
    for (const { key, href } of sorts) expect(follow(href).sort).toBe(key === 'relevance' ? null : key);
  });
});

describe('facets', () => {
  const facetsOf = (query: PaperQuery, scope: ListScope = all) =>
    viewOf({ query, scope }).facets ?? expect.fail('no facets');

  it('a facet includes or excludes a topic', () => {
    const off = facetsOf(toQuery([])).topics[0];
    expect(off).toMatchObject({ state: 'off', href: '/papers?tag=nlp', excludeHref: '/papers?tag=-nlp' });
    const included = facetsOf(follow(off?.href ?? '')).topics[0];
    expect(included).toMatchObject({ state: 'included', href: '/papers' });
    const excluded = facetsOf(follow(off?.excludeHref ?? '')).topics[0];
    expect(excluded).toMatchObject({ state: 'excluded', excludeHref: '/papers' });
    expect(tagState(follow(excluded?.href ?? ''), slug('nlp'))).toBe('included');
  });
  it('a topic’s list omits its own facet', () => {
    expect(
      facetsOf(toQuery([]), { kind: 'tag', slug: slug('nlp'), label: 'NLP' }).topics.map((one) => one.slug),
    ).toEqual(['survey']);
  });
  it('the years have at most twenty bars, which count every paper', () => {
    const { years } = facetsOf(toQuery([]));
    expect(years).toHaveLength(20);
    expect(years[0]).toMatchObject({ from: 1998, to: 2006, label: '1998–2006', count: 2 });
    expect(years.reduce((sum, bar) => sum + bar.count, 0)).toBe(35);
    expect(follow(years.at(-1)?.href ?? '').where).toEqual([
      { kind: 'publishedOn', from: '2025-01-01', to: '2025-12-31' },
    ]);
  });
  it('the numbers of authors have thirteen bars', () => {
    const { authorCounts } = facetsOf(toQuery([]));
    expect(authorCounts.map((bar) => bar.label)).toEqual([
      '1 author',
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `${n} authors`),
      '11–20 authors',
      '21–50 authors',
      '51 or more authors',
    ]);
    expect(authorCounts.map((bar) => bar.count)).toEqual([4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1]);
    expect(authorCounts.at(-1)).toMatchObject({ href: '/papers?authors=51..', to: 3303 });
  });
  it('bars within the range are active, and an exact bar removes the filter', () => {
    const ranged = facetsOf(toQuery([{ kind: 'authorCount', min: 1, max: 20 }]));
    expect(ranged.authorCounts.filter((bar) => bar.active)).toHaveLength(11);
    const single = facetsOf(toQuery([{ kind: 'authorCount', min: 3, max: 3 }])).authorCounts[2];
    expect(single).toMatchObject({ active: true, href: '/papers' });
    const year = facetsOf(
      toQuery([{ kind: 'publishedOn', from: day('2024-01-01'), to: day('2024-12-31') }]),
    ).years.find((bar) => bar.from === 2024);
    expect(year).toMatchObject({ active: true, href: '/papers' });
  });
  it('a facet toggles the code filter', () => {
    expect(facetsOf(toQuery([])).hasCode).toMatchObject({ href: '/papers?has=code', active: false, count: 9 });
    expect(facetsOf(toQuery([{ kind: 'has', what: 'code' }])).hasCode).toMatchObject({ href: '/papers', active: true });
  });
});

describe('the pager', () => {
  const pagerOf = (total: number, page: number, scope: ListScope = all) =>
    viewOf({ scope, query: { ...toQuery([]), page }, result: { total, partial: 0, facets: null, indexing: null } })
      .pager;
  it('a page has thirty papers, a day’s page up to a hundred', () => {
    expect([
      pagerOf(30, 1).pages,
      pagerOf(31, 1).pages,
      pagerOf(0, 1).pages,
      pagerOf(100, 1, dayScope).pages,
      pagerOf(101, 1, dayScope).pages,
    ]).toEqual([1, 2, 1, 1, 2]);
  });
  it('the pager links to the first, last and adjacent pages', () => {
    const pager = pagerOf(300, 5);
    expect(pager.numbers.map((one) => one.label)).toEqual(['1', '4', '5', '6', '10']);
    expect(pager).toMatchObject({ previous: '/papers?page=4', next: '/papers?page=6' });
    expect(pagerOf(60, 1).previous).toBeNull();
    expect(pagerOf(60, 2)).toMatchObject({ previous: '/papers', next: null });
  });
  it('the pager leads back from a page past the end', () =>
    expect(pagerOf(60, 9)).toMatchObject({ previous: '/papers?page=2', next: null }));
});
