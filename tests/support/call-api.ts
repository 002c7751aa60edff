/** The route handlers over a database file of a test: a request by its address, answered without a server. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readdirSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { createSite, type Site } from '#read/site.ts';
import { aLibrary, siteUrl } from './a-library.ts';

type Handler = (
  request: Request,
  context: { readonly params: Promise<Record<string, string | string[]>> },
) => Promise<Response> | Response;
type RouteModule = { readonly GET?: Handler; readonly POST?: Handler; readonly OPTIONS?: Handler };

export type Call = (address: string, init?: RequestInit) => Promise<Response>;

const appFolder = join(import.meta.dirname, '..', '..', 'src', 'app');

/** The site that a call is for: each has its own. */
const sites = new AsyncLocalStorage<Site>();

/** The day it is for every call. */
const today = '2026-01-15';

/** Files of the application by the segments of their folders. */
export const filesNamed = (name: RegExp) =>
  readdirSync(appFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(basename(file)))
    .map((file) => ({ file: join(appFolder, file), segments: file.split(sep).slice(0, -1) }));

const routes = filesNamed(/^route\.tsx?$/);

/** Calls what Next would call for an address; 404 for what is no route. */
export function openApi(databaseFile: string): Call {
  return callRoutes(createSite(aLibrary(databaseFile), []));
}

/** The status a page gives its response. */
const pageStatus = new AsyncLocalStorage<{ status: number }>();

/** Runs `work` as a request for a page; answers what it gives and its status. */
export async function asPage<T>(
  site: Site,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly status: number }> {
  const noted = { status: 200 };
  return await sites.run(site, () =>
    pageStatus.run(noted, async () => ({ result: await work(), status: noted.status })),
  );
}

function noteStatus(status: number): boolean {
  Object.assign(pageStatus.getStore() ?? {}, { status });
  return true;
}

export function callRoutes(site: Site): Call {
  vi.doMock('#app/server', () => ({
    app: () => sites.getStore(),
    today: () => today,
    contactUrl: () => `${siteUrl}/`,
    siteUrl: () => siteUrl,
    answerStatus: noteStatus,
    varyOn: () => {},
  }));
  return async (address, init) => {
    const request = new Request(new URL(address, siteUrl), init);
    const found = findFile(routes, new URL(request.url).pathname);
    if (!found) return new Response(null, { status: 404 });
    const module = (await import(pathToFileURL(found.file).href)) as RouteModule;
    const handler = module[request.method as keyof RouteModule];
    if (!handler) return new Response(null, { status: 405 });
    return await sites.run(site, async () =>
      handler(request, { params: Promise.resolve(found.params) as Promise<Record<string, string>> }),
    );
  };
}

/** As Next decides: a literal segment before a named one, a named one before a catch-all. */
export function findFile(files: typeof routes, pathname: string) {
  const path = pathname
    .split('/')
    .slice(1)
    .filter((segment, i) => i > 0 || segment !== '');
  const found = files.flatMap(({ file, segments }) => {
    const params: Record<string, string | string[]> = {};
    const weights = segments.map((segment, i) => {
      const rest = /^\[\.\.\.(\w+)\]$/.exec(segment)?.[1];
      const name = /^\[(\w+)\]$/.exec(segment)?.[1];
      if (rest !== undefined) params[rest] = path.slice(i);
      else if (name !== undefined) params[name] = path[i] ?? '';
      else if (segment !== path[i]) return Number.NaN;
      return rest !== undefined ? 0 : name !== undefined ? 1 : 2;
    });
    const isWhole = segments.at(-1)?.startsWith('[...')
      ? path.length >= segments.length
      : path.length === segments.length;
    const rank = weights.join('');
    // Next has no parameters at all, not an empty object, for an address without names.
    const named = Object.keys(params).length > 0 ? params : undefined;
    return isWhole && !rank.includes('NaN') ? [{ file, params: named, rank }] : [];
  });
  return found.sort((a, b) => (a.rank < b.rank ? 1 : -1))[0];
}
