/** Decides for each request whether the page cache serves it, bypasses the cache or streams the response. */
import type { IncomingMessage } from 'node:http';
import { selectHeaders, toCacheUrl } from './cache-key.ts';

export type CacheableRule = {
  readonly kind: 'cache';
  readonly key: string;
  /** The address and headers that select the response. The page receives nothing else of the request. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The response is fresh until the server stops, whatever the store's revision. */
  readonly isBuildFile: boolean;
  /** The response is cheap, so it does not queue behind page renders. */
  readonly skipsLimiter: boolean;
  readonly lifetimeMs: number;
};

export type CacheRule =
  | CacheableRule
  /** Rendered for this request alone. `isPrivate`: the page receives cookies and credentials. */
  | { readonly kind: 'bypass'; readonly isPrivate: boolean }
  /** Sent while it is rendered. */
  | { readonly kind: 'stream' };

const buildFiles = /^\/(?:_next\/static\/|favicon\.svg$|preferences\.js$)/;

/** Exports and sitemaps cover the whole store, so they are sent while the store is read. */
const streamedPaths = /^\/(?:feeds\/papers\.(?!(?:atom|rss|json)$)|sitemaps\/)/;

/** Their responses depend on (revision, address) alone. `/papers/search` chooses its format by `Accept`. */
const cacheablePaths = [
  /^\/$/,
  /^\/papers(?:$|\/(?!search$))/,
  /^\/tags(?:$|\/)/,
  /^\/(?:authors|feeds|og)\//,
  /^\/(?:library|api)$/,
  /^\/api\/(?:health|daily_papers|papers|arxiv|v1|openapi\.json)(?:$|\/)/,
  /^\/(?:sitemap\.xml|llms\.txt|opensearch\.xml|robots\.txt)$/,
];

/** Only these addresses receive cookies and credentials; a write receives them at every address. */
const privatePaths = /^\/(?:me|subscription|subscribe|outbox|mcp)(?:\/|$)/;

/** The front page shows the age of the sources, so it also depends on the clock. */
const frontPageLifetimeMs = 30_000;

const readMethods: readonly (string | undefined)[] = ['GET', 'HEAD'];

export function cacheRuleOf({
  method,
  url = '',
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): CacheRule {
  const path = pathOf(url);
  const isRead = readMethods.includes(method);
  if (isRead && streamedPaths.test(path)) return { kind: 'stream' };
  const isBuildFile = buildFiles.test(path);
  const isCacheable = isBuildFile || cacheablePaths.some((pattern) => pattern.test(path));
  // Next redirects `//host` and `/\host`.
  if (!isRead || !isCacheable || /^\/[/\\]/.test(url))
    return { kind: 'bypass', isPrivate: privatePaths.test(path) || !(isRead || method === 'OPTIONS') };
  const skipsLimiter = path === '/api/health';
  const selected = isBuildFile || skipsLimiter ? {} : selectHeaders(headers);
  const cacheUrl = toCacheUrl(url, selected.rsc !== undefined);
  const key = [cacheUrl, ...Object.entries(selected).map(([name, value]) => `${name}: ${value}`)].join('\n');
  const lifetimeMs = path === '/' ? frontPageLifetimeMs : Number.POSITIVE_INFINITY;
  return { kind: 'cache', key, url: cacheUrl, headers: selected, isBuildFile, skipsLimiter, lifetimeMs };
}

export const pathOf = (url: string): string => url.replace(/[?#].*$/s, '');
