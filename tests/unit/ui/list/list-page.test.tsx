/** The markup of list pages: data attributes, states and texts. */

import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Day } from '#core/day.ts';
import { toQuery } from '#query/edit-query.ts';
import { aPaper } from '#tests/a-paper.ts';
import { aListView } from '#tests/fixture-views.ts';
import { ListHead } from '#ui/list/list-head.tsx';
import { PaperList } from '#ui/list/paper-list.tsx';
import { TagsPage } from '#ui/list/tags-page.tsx';
import { PageHead } from '#ui/shell/page-head.tsx';
import { toTagListView } from '#view/tag-list-view.ts';

const html = (...args: Parameters<typeof aListView>) => renderToStaticMarkup(<PaperList view={aListView(...args)} />);

test('each paper is one article, in order, and the container has their total', () => {
  const page = html([aPaper({ id: 'b' }), aPaper({ id: 'hep-th/9901001' }), aPaper({ id: 'a' })]);
  expect([...page.matchAll(/<article [^>]*data-paper-id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
    'b',
    'hep-th/9901001',
    'a',
  ]);
  expect(page.match(/data-total="3"/g)).toHaveLength(1);
  expect(page).not.toContain('data-partial');
});

test('partial matches follow a heading and have a count of their own', () => {
  const page = html([aPaper({ id: 'a' }), aPaper({ id: 'b' }), aPaper({ id: 'c' })], 'q=one+two', { partialFrom: 1 });
  expect(page).toContain('data-total="1" data-partial="2"');
  expect(page.indexOf('Partial matches')).toBeGreaterThan(page.indexOf('data-paper-id="a"'));
  expect(page.indexOf('Partial matches')).toBeLessThan(page.indexOf('data-paper-id="b"'));
});

test('an empty store shows the command, an empty result a link, and an empty day its reason', () => {
  expect(html([], '', { storeIsEmpty: true })).toContain('npm run ingest -- listing FILE');
  expect(html([], 'tag=nlp')).toMatch(/No paper passes[^<]*<a href="\/papers">/);
  expect(html([], '', { scope: { kind: 'day', day: '2025-12-13' as Day } })).toContain(
    'The first listing here is of Tuesday, 16 December 2025.',
  );
});

test('texts of papers are escaped', () => {
  const page = html([
    aPaper({ title: '<script>alert(1)</script> & "x"', abstract: '<img src=x onerror=alert(1)>', organization: '<b>' }),
  ]);
  expect(page).not.toMatch(/<script|<img|<b>/);
  expect(page).toContain('&lt;script&gt;');
});

test('formulas in titles and abstracts become MathML, and matches are highlighted', () => {
  const page = html([aPaper({ title: 'On $x^2$ decoders', abstract: 'Of order $O(n)$.' })], 'q=decoders');
  expect(page.match(/<math/g)).toHaveLength(2);
  expect(page).toContain('<mark>decoders</mark>');
});

test('the line of facts omits unknown facts', () => {
  const facts = (overrides: Parameters<typeof aPaper>[0]) =>
    /class="facts small">(.*?)<\/p>/.exec(html([aPaper(overrides)]))?.[1]?.replaceAll(/<[^>]+>/g, '');
  expect(facts({ authors: [], authorCount: 4, commentCount: 2, upvotes: 1, publishedOn: '2019', listings: [] })).toBe(
    '4 authors · 2019 · 2 comments · 1 upvote',
  );
  expect(facts({ authors: [], authorCount: null, publishedOn: null, listings: [] })).toBeUndefined();
  expect(facts({ withdrawn: true })).toMatch(/^Withdrawn · Ada Example, Bo Sample · 23 May 2024 · listed 16 Dec 2025$/);
});

test('the header of a list shows query errors, suggestions, chips and the sort order', () => {
  const head = renderToStaticMarkup(
    <ListHead
      view={aListView([], 'q=trasnformer&tag=nlp&authors=many', {
        suggestions: [{ label: 'transformer', query: toQuery([]), count: 1200 }],
      })}
    />,
  );
  expect(head).toMatch(/role="status".*authors/);
  expect(head).toMatch(/Did you mean .*>transformer<\/a> \(1,200\)/);
  expect(head.match(/Remove this filter/g)).toHaveLength(2);
  expect(head).toContain('Sorted by relevance');
});

test('the topics page has a canonical address, and links to its OPML outline in head and body', () => {
  const url = 'https://digest.example/tags';
  const formats = [{ label: 'OPML', href: '/feeds/topics.opml', feedType: 'text/x-opml' }];
  const view = toTagListView({ siteUrl: 'https://digest.example', tags: [], parents: new Map(), months: [] });
  expect(view).toMatchObject({ url, formats });
  const page = renderToStaticMarkup(<TagsPage view={view} />);
  expect(page).toContain(`<link rel="canonical" href="${url}"/>`);
  expect(page).toContain('<link rel="alternate" type="text/x-opml" title="Topics (OPML)" href="/feeds/topics.opml"/>');
  expect(page).toContain('<a href="/feeds/topics.opml">OPML</a>');
});

test('the head of a page has its title and alternate links to its feeds, but not to other formats', () => {
  const { title, description, formats: given } = aListView([], 'tag=nlp');
  const formats = [...given, { label: 'CSL-JSON', href: '/feeds/papers.csl.json?tag=nlp', feedType: null }];
  const head = renderToStaticMarkup(<PageHead title={title} description={description} formats={formats} />);
  expect(head).toContain('<title>Papers · Paper Digest</title>');
  expect(head.match(/rel="alternate"/g)).toHaveLength(1);
  expect(head).toContain('type="application/atom+xml"');
  expect(head).toContain('href="/feeds/papers.atom?tag=nlp"');
});
