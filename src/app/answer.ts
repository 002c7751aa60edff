/** Renders a page, or an error page with the matching HTTP status. */
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
    [value ?? []].flat().map((text) => [name, text]),
  );
  return new URLSearchParams(entries);
}

/** Renders the list of a scope. `findScope` may throw `not_found`. `freshness` returns a line below the title. */
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

/** Renders the list of the day, week or month in the address. */
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

/** If the text is not a valid day, its month may still be valid. */
const toNearText = (text: string) => (parsePeriod(text) ? text : text.slice(0, '2025-12'.length));

/** Awaits `render` before the response starts, so that the status can be set. `near` is the requested period's text. */
export async function renderPage(render: () => Promise<ReactElement>, near = ''): Promise<ReactElement> {
  try {
    return await render();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'unavailable' && answerStatus(error.status, retryAfter(error))) {
      return createElement(MessagePage, { title: 'Not just now', message: error.message });
    }
    if (error.code !== 'not_found') throw error;
    if (!answerStatus(error.status)) notFound();
    return createElement(NotFoundPage, { message: error.message, nearest: await app().nearestPeriod(near) });
  }
}
