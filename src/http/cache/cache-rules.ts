/** Which answers are kept: those that are a function of the store's revision and the address, and files of the build. */
import type { IncomingMessage } from 'node:http';
import { selectHeaders, toCacheUrl } from './cache-key.ts';

export type CacheableRule = {
  readonly kind: 'keep';
  readonly key: string;
  /** The address and the headers an answer depends on; nothing else of the request reaches the page. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the build and not of the store: it holds as long as the server runs. */
  readonly isOfTheBuild: boolean;
  /** Made in a moment, and the same for everyone: it does not wait behind pages. */
  readonly isQuick: boolean;
  readonly lifetimeMs: number;
};

export type Rule =
  | CacheableRule
  /** Made for this request alone; `isPrivate` when it may depend on cookies and keys. */
  | { readonly kind: 'alone'; readonly isPrivate: boolean }
  /** Sent while it is made. */
  | { readonly kind: 'stream' };

const ofTheBuild = /^\/(?:_next\/static\/|favicon\.svg$|preferences\.js$)/;

/** Addresses whose answers are sent as they are read from the store: exports and sitemaps of everything. */
const streamed = /^\/(?:feeds\/papers\.(?!(?:atom|rss|json)$)|sitemaps\/)/;

// Not `/papers/search`, whose answer depends on who asks, and is as quickly made.
const ofTheStore =
  /^\/(?:$|papers(?:\/(?!search$)|$)|tags(?:\/|$)|authors\/|library$|api$|api\/(?:health|daily_papers|papers|arxiv|v1|openapi\.json)(?:\/|$)|feeds\/|og\/|sitemap\.xml$|llms\.txt$|opensearch\.xml$|robots\.txt$)/;

/** The only addresses that see cookies and keys. Writing calls see them everywhere. */
const ofOneReader = /^\/(?:me|subscription|subscribe|outbox|mcp)(?:\/|$)/;

/** The front page says how fresh the sources are, which the clock changes too. */
const frontPageMs = 30_000;

const readMethods: readonly (string | undefined)[] = ['GET', 'HEAD'];

export function ruleOf({ method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Rule {
  const path = pathOf(url);
  const isRead = readMethods.includes(method);
  if (isRead && streamed.test(path)) return { kind: 'stream' };
  const isFile = ofTheBuild.test(path);
  // `//host` and the like are Next's to lead on.
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
