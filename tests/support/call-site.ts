/** Calls pages and route handlers over a test's library without a server, and counts their work. */
import { pathToFileURL } from 'node:url';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { vi } from 'vitest';
import type { Library } from '#read/library.ts';
import { createSite } from '#read/site.ts';
import { asPage, callRoutes, filesNamed, findFile } from './call-api.ts';

type PageProps = { readonly params: Promise<object>; readonly searchParams: Promise<object> };
type PageModule = { readonly default: (props: PageProps) => Promise<React.ReactElement> | React.ReactElement };

export type Answer = { readonly status: number; readonly body: string; readonly work: Work };
/** Numbers of parsed or created days, and of calls to the store and the index. */
type Work = { readonly days: number; readonly questions: number };

/** A router stub: pages need one, but the tests never navigate. */
const nothing = () => {};
const router = {
  back: nothing,
  forward: nothing,
  refresh: nothing,
  push: nothing,
  replace: nothing,
  prefetch: nothing,
} as unknown as AppRouterInstance;

const pages = filesNamed(/^page\.tsx$/);

/** Finds a page before a route handler, like Next. A request that parses or creates more than `daysMax` days throws. */
export function openSite(library: Library, daysMax: number): (address: string, init?: RequestInit) => Promise<Answer> {
  const count = { days: 0, questions: 0 };
  const site = createSite(
    counted(library, () => count.questions++),
    [],
  );
  const call = callRoutes(site);
  const parse = Date.parse;
  vi.spyOn(Date, 'parse').mockImplementation((text) => {
    if (count.days++ > daysMax) throw new Error(`more than ${daysMax} days were looked at`);
    return parse(text);
  });
  return async (address, init) => {
    Object.assign(count, { days: 0, questions: 0 });
    const url = new URL(address, library.siteUrl);
    const page = init ? undefined : findFile(pages, url.pathname);
    if (!page) {
      const response = await call(address, init);
      return { status: response.status, body: await response.text(), work: { ...count } };
    }
    const { result, status } = await asPage(site, async () => {
      const { default: render } = (await import(pathToFileURL(page.file).href)) as PageModule;
      const element = await render({
        params: Promise.resolve(page.params ?? {}),
        searchParams: Promise.resolve(Object.fromEntries(url.searchParams)),
      });
      return renderToStaticMarkup(createElement(AppRouterContext.Provider, { value: router }, element));
    });
    return { status, body: result, work: { ...count } };
  };
}

function counted(library: Library, note: () => void): Library {
  const watch = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        return typeof value !== 'function'
          ? value
          : (...given: unknown[]) => {
              note();
              return Reflect.apply(value, target, given);
            };
      },
    });
  return {
    ...library,
    reader: watch(library.reader),
    search: watch(library.search),
    searchSoFar: watch(library.searchSoFar),
    suggester: watch(library.suggester),
  };
}
