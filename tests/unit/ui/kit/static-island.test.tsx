/** `renderHtml` against React's own renderer, and how a static island stores its HTML with the response. */
import { ServerResponse } from 'node:http';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { provideDocumentHtml } from '#http/routes/document-html.ts';
import { trackRequests } from '#http/routes/request-context.ts';
import { aPaper } from '#tests/a-paper.ts';
import { aListView } from '#tests/fixture-views.ts';
import { renderHtml } from '#ui/kit/render-html.tsx';
import { StaticIsland } from '#ui/kit/static-island.tsx';
import { Calendar } from '#ui/list/calendar.tsx';
import { FilterForm } from '#ui/list/filter-form.tsx';
import { PaperCard } from '#ui/paper/paper-card.tsx';

/** Removes differences to React: closed void elements, case and order of attributes, and escapes of apostrophes. */
const normalize = (html: string) =>
  html
    .replaceAll('/>', '>')
    .replaceAll('&#x27;', "'")
    .toLowerCase()
    .replace(
      /<(\w+)((?: [\w-]+="[^"]*")+)>/g,
      (_, tag, attributes) =>
        `<${tag}${attributes
          .match(/ [\w-]+="[^"]*"/g)
          .sort()
          .join('')}>`,
    );

describe('`renderHtml` returns the same HTML as React for', () => {
  const hostile = aPaper({
    title: `<script>alert(1)</script> & "x" $x^2 < 'y'$`,
    abstract: `It’s of order $O(n)$, <img src=x onerror=alert(1)> ${'and so on '.repeat(30)}`,
    authors: ["Zoë O'Neil", '<b>'],
    organization: '"><i>',
  });
  const view = aListView([hostile, aPaper({ abstract: '' })], 'q=order&has=code&authors=1..3');
  const parts: readonly (readonly [string, ReactElement])[] = [
    ...view.papers.map((paper) => [`card ${paper.id}`, <PaperCard key={paper.id} paper={paper} withListed />] as const),
    ['form', <FilterForm key="form" form={view.form} />],
    [
      'numbers and flags',
      <input key="n" type="checkbox" defaultChecked disabled={false} aria-hidden={false} maxLength={0} hidden />,
    ],
    ['texts', <p key="t">{[0, null, false, undefined, 'a', ['b', <br key="br" />]]}</p>],
  ];
  test.each(parts)('%s', (_, part) => {
    expect(normalize(renderHtml(part))).toBe(normalize(renderToStaticMarkup(part)));
  });

  test('a calendar', () => {
    const calendar = aListView([aPaper()], '', { scope: { kind: 'day', day: '2025-12-16' as never } }).period?.calendar;
    if (!calendar) throw new Error('A day has a calendar.');
    expect(normalize(renderHtml(<Calendar calendar={calendar} />))).toBe(
      normalize(renderToStaticMarkup(<Calendar calendar={calendar} />)),
    );
  });
});

describe('a static island', () => {
  provideDocumentHtml();
  const part = (text: string) => (
    <StaticIsland tag="div" attributes={{ id: text, 'data-total': undefined }}>
      <p>{text}</p>
    </StaticIsland>
  );
  const runInRequest = (headers: Record<string, string>) => {
    const response = new ServerResponse({ method: 'GET', headers } as never);
    return (render: () => unknown) => trackRequests().run(response, render);
  };

  test('stores its HTML with the response and passes React a slot', () => {
    const [first, second] = [runInRequest({}), runInRequest({})];
    const islands = first(() => [StaticIsland(part('a').props), StaticIsland(part('b').props)]) as ReactElement<
      Record<string, unknown>
    >[];
    expect(islands.map(({ props }) => [props.slot, props.html])).toEqual([
      ['1', undefined],
      ['2', undefined],
    ]);
    expect(islands.map((one) => first(() => renderToStaticMarkup(one)))).toEqual([
      '<div id="a" data-place="1"><p>a</p></div>',
      '<div id="b" data-place="2"><p>b</p></div>',
    ]);
    // Another response does not have the slot, so rendering throws instead of showing an empty list.
    expect(() => second(() => renderToStaticMarkup(islands[0]))).toThrow('got lost');
  });

  test('passes its HTML if the response is not a document or there is no response', () => {
    for (const run of [runInRequest({ rsc: '1' }), (make: () => unknown) => make()])
      expect(run(() => renderToStaticMarkup(part('<a>')))).toBe('<div id="&lt;a&gt;"><p>&lt;a&gt;</p></div>');
  });
});
