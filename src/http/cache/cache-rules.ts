/** Decides for each request whether the page cache serves it, bypasses the cache or streams the response. */
import type { IncomingMessage } from 'node:http';
import { selectHeaders, toCacheUrl } from './cache-key.ts';

export type CacheableRule = {
  readonly kind: 'keep';
  readonly key: string;
  /** The address and headers that select the response. The page receives nothing else of the request. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The response is fresh until the server stops, whatever the store's revision. */
  readonly isOfTheBuild: boolean;
  /** The response is cheap, so it does not queue behind page renders. */
  readonly isQuick: boolean;
  readonly lifetimeMs: number;
};

export type Rule =
  | CacheableRule
  /** Rendered for this request alone. `isPrivate`: the page receives cookies and credentials. */
  | { readonly kind: 'alone'; readonly isPrivate: boolean }
  /** Sent while it is rendered. */
  | { readonly kind: 'stream' };

const ofTheBuild = /^\/(?:_next\/static\/|favicon\.svg$|preferences\.js$)/;

/** Exports and sitemaps cover the whole store, so they are sent while the store is read. */
const streamed = /^\/(?:feeds\/papers\.(?!(?:atom|rss|json)$)|sitemaps\/)/;

/** Their responses depend on (revision, address) alone. `/papers/search` chooses its format by `Accept`. */
const ofTheStore =
  /^\/(?:$|papers(?:\/(?!search$)|$)|tags(?:\/|$)|authors\/|library$|api$|api\/(?:health|daily_papers|papers|arxiv|v1|openapi\.json)(?:\/|$)|feeds\/|og\/|sitemap\.xml$|llms\.txt$|opensearch\.xml$|robots\.txt$)/;

/** Only these addresses receive cookies and credentials; a write receives them at every address. */
const ofOneReader = /^\/(?:me|subscription|subscribe|outbox|mcp)(?:\/|$)/;

/** The front page shows the age of the sources, so it also depends on the clock. */
const frontPageMs = 30_000;

const readMethods: readonly (string | undefined)[] = ['GET', 'HEAD'];

export function ruleOf({ method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Rule {
  const path = pathOf(url);
  const isRead = readMethods.includes(method);
  if (isRead && streamed.test(path)) return { kind: 'stream' };
  const isFile = ofTheBuild.test(path);
  // Next redirects `//host` and `/\host`.
  if (!isRead || !(isFile || ofTheStore.test(path)) || /^\/[/\\]/.test(url))
    return { kind: 'alone', isPrivate: ofOneReader.test(path) || !(isRead || method === 'OPTIONS') };
  const isQuick = path === '/api/health';
  const fields = isFile || isQuick ? {} : selectHeaders(headers);
  const keptUrl = toCacheUrl(url, fields.rsc !== undefined);
  const key = [keptUrl, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)].join('\n');
  const lifetimeMs = path === '/' ? frontPageMs : Number.POSITIVE_INFINITY;
  return { kind: 'keep', key, url: keptUrl, headers: fields, isOfTheBuild: isFile, isQuick, lifetimeMs };
}

export const pathOf = (url: string): string => url.replace(/[?#].*$/s, '');
