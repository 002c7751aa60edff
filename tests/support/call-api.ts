/** Calls the route handlers by address over a test's database file, without a server. */
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

/** The site of the current call. */
const sites = new AsyncLocalStorage<Site>();

/** The current day of every call. */
const today = '2026-01-15';

/** Files of `src/app` with their route segments. */
export const filesNamed = (name: RegExp) =>
  readdirSync(appFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(basename(file)))
    .map((file) => ({ file: join(appFolder, file), segments: file.split(sep).slice(0, -1) }));

const routes = filesNamed(/^route\.tsx?$/);

/** Calls the route handler that Next would call for an address. Responds with 404 if there is none. */
export function openApi(databaseFile: string): Call {
  return callRoutes(createSite(aLibrary(databaseFile), []));
}

/** The status that a page sets for its response. */
const pageStatus = new AsyncLocalStorage<{ status: number }>();

/** Runs `work` as a page request. Returns its result and the status. */
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

/** Finds a route in Next's order: static segments, then dynamic ones, then catch-alls. */
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
    // For a route without dynamic segments, Next passes undefined and not an empty object.
    const named = Object.keys(params).length > 0 ? params : undefined;
    return isWhole && !rank.includes('NaN') ? [{ file, params: named, rank }] : [];
  });
  return found.sort((a, b) => (a.rank < b.rank ? 1 : -1))[0];
}
