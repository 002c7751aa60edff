/** The route handlers over a database file of a test: a request by its address, answered without a server. */
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import { createSite } from '#serve/site';
import { aLibrary, siteUrl } from './a-library.ts';

type Handler = (request: Request, context: { readonly params: Promise<Record<string, string | string[]>> }) => Promise<Response> | Response;
type RouteModule = { readonly GET?: Handler; readonly POST?: Handler; readonly OPTIONS?: Handler };

export type Call = (address: string, init?: RequestInit) => Promise<Response>;

const appFolder = join(import.meta.dirname, '..', '..', 'src', 'app');

/** Every route handler by the segments of its folder. */
const routes = readdirSync(appFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?:^|[\\/])route\.tsx?$/.test(file))
  .map((file) => ({ file: join(appFolder, file), segments: file.split(sep).slice(0, -1) }));

/** Calls what Next would call for an address; 404 for what is no route. */
export function openApi(databaseFile: string): Call {
  // The marker of server-side modules has nothing to guard against here.
  vi.doMock('server-only', () => ({}));
  const shared = globalThis as { [key: symbol]: unknown };
  const key = Symbol.for('paper-digest.site');
  shared[key] = createSite(aLibrary(databaseFile), []);
  onTestFinished(() => {
    delete shared[key];
  });
  return async (address, init) => {
    const request = new Request(new URL(address, siteUrl), init);
    const found = findRoute(new URL(request.url).pathname.split('/').slice(1));
    if (!found) return new Response(null, { status: 404 });
    const module = (await import(pathToFileURL(found.file).href)) as RouteModule;
    const handler = module[request.method as keyof RouteModule];
    return handler ? await handler(request, { params: Promise.resolve(found.params) }) : new Response(null, { status: 405 });
  };
}

/** As Next decides: a literal segment before a named one, a named one before a catch-all. */
function findRoute(path: readonly string[]) {
  const found = routes.flatMap(({ file, segments }) => {
    const params: Record<string, string | string[]> = {};
    const weights = segments.map((segment, i) => {
      const rest = /^\[\.\.\.(\w+)\]$/.exec(segment)?.[1];
      const name = /^\[(\w+)\]$/.exec(segment)?.[1];
      if (rest !== undefined) params[rest] = path.slice(i);
      else if (name !== undefined) params[name] = path[i] ?? '';
      else if (segment !== path[i]) return Number.NaN;
      return rest !== undefined ? 0 : name !== undefined ? 1 : 2;
    });
    const isWhole = segments.at(-1)?.startsWith('[...') ? path.length >= segments.length : path.length === segments.length;
    const rank = weights.join('');
    return isWhole && !rank.includes('NaN') ? [{ file, params, rank }] : [];
  });
  return found.sort((a, b) => (a.rank < b.rank ? 1 : -1))[0];
}
