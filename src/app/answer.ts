/** A page, or the page that says what is missing with the status it has. */
import { notFound } from 'next/navigation';
import { createElement, type ReactElement } from 'react';
import { parsePeriod } from '#core/day.ts';
import { AppError, retryAfter } from '#core/errors.ts';
import { type ListScope, type PeriodScope, parsePeriodScope } from '#query/scope.ts';
import { ListPage } from '#ui/list/list-page.tsx';
import { MessagePage } from '#ui/shell/message-page.tsx';
import { NotFoundPage } from '#ui/shell/not-found-page.tsx';
import { answerStatus, app } from './server.ts';

export type SearchParams = Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;

export async function toUrlParams(searchParams: SearchParams): Promise<URLSearchParams> {
  const entries = Object.entries(await searchParams).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one]),
  );
  return new URLSearchParams(entries);
}

/** The list of a scope; `findScope` may throw `not_found`. `freshness` is a line under its title. */
export function renderList(
  findScope: () => ListScope | Promise<ListScope>,
  searchParams: SearchParams,
  freshness?: () => Promise<string>,
): Promise<ReactElement> {
  return renderPage(async () =>
    createElement(ListPage, {
      view: await app().listPapers(await findScope(), await toUrlParams(searchParams)),
      ...(freshness ? { freshness: await freshness() } : {}),
    }),
  );
}

const periodNames = {
  day: 'a day of the calendar, such as 2025-12-16',
  week: 'a week, such as 2025-W51',
  month: 'a month, such as 2025-12',
} as const;

/** The list of a day, week or month as the address names it. */
export function renderPeriod(
  kind: PeriodScope['kind'],
  segment: string,
  searchParams: SearchParams,
): Promise<ReactElement> {
  const text = decodeURIComponent(segment);
  const scope = parsePeriodScope(kind, text);
  return renderPage(async () => {
    if (!scope) throw new AppError('not_found', missingPeriodMessage(kind, text));
    return createElement(ListPage, { view: await app().listPapers(scope, await toUrlParams(searchParams)) });
  }, toNearText(text));
}

function missingPeriodMessage(kind: PeriodScope['kind'], text: string): string {
  const isTooFar = parsePeriod(text) !== null;
  return isTooFar
    ? `“${text}” has no page: days, weeks and months from 1900 to 2199 have one.`
    : `“${text}” is not ${periodNames[kind]}.`;
}

/** What is not a day may still lie in a month. */
const toNearText = (text: string) => (parsePeriod(text) ? text : text.slice(0, '2025-12'.length));

/** Decided before anything is sent: the status must be true. `near` is the text a missing day was asked with. */
export async function renderPage(render: () => Promise<ReactElement>, near = ''): Promise<ReactElement> {
  try {
    return await render();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'unavailable' && answerStatus(error.status, retryAfter(error))) {
      return createElement(MessagePage, { title: 'Not just now', sentence: error.message });
    }
    if (error.code !== 'not_found') throw error;
    if (!answerStatus(error.status)) notFound();
    return createElement(NotFoundPage, { sentence: error.message, nearest: await app().nearestPeriod(near) });
  }
}
