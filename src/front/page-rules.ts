/** Which answers are kept: those that are a function of the store's revision and the address, and files of the build. */
import type { IncomingMessage } from 'node:http';
import { prefersMarkdown } from './negotiate.ts';
import { readMethods } from './refuse-method.ts';

export type KeepRule = {
  readonly kind: 'keep';
  readonly key: string;
  /** The headers an answer depends on; nothing else of the request reaches the page. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the build and not of the store: it holds as long as the server runs. */
  readonly isOfTheBuild: boolean;
  /** Made in a moment: it does not wait behind pages. */
  readonly isQuick: boolean;
  readonly lifetimeMs: number;
};

export type Rule =
  | KeepRule
  /** Made for this request alone. */
  | { readonly kind: 'alone' }
  /** Wants to change what can only be read. */
  | { readonly kind: 'refuse' }
  /** Goes to Next as it is: what writes, and what is sent while it is made. */
  | { readonly kind: 'pass' };

const ofTheBuild = /^\/(?:_next\/static\/|favicon\.svg$|preferences\.js$)/;

/** Addresses whose answers are sent as they are read from the store: exports and sitemaps of everything. */
const streamed = /^\/(?:feeds\/papers\.(?!(?:atom|rss|json)$)|sitemaps\/)/;

// Not `/papers/search`, whose answer depends on who asks, and is as quickly made.
const ofTheStore =
  /^\/(?:$|papers(?:\/(?!search$)|$)|tags(?:\/|$)|authors\/|library$|api$|api\/(?:health|daily_papers|papers|arxiv|v1|openapi\.json)(?:\/|$)|feeds\/|og\/|sitemap\.xml$|llms\.txt$|opensearch\.xml$|robots\.txt$)/;

/** The front page says how fresh the sources are, which the clock changes too. */
const frontPageMs = 30_000;

/** How Next's own client asks for a part of a page: the part depends on what it already has. */
const partHeaders = ['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-router-segment-prefetch', 'next-url'];

export function ruleOf({ method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Rule {
  if (method !== undefined && !readMethods.includes(method) && /^\/api\//.test(url)) return { kind: 'refuse' };
  // `//host` and the like are Next's to lead on.
  if ((method !== 'GET' && method !== 'HEAD') || !/^\/(?![/\\])/.test(url)) return { kind: 'pass' };
  const path = url.replace(/[?#].*$/s, '');
  if (streamed.test(path)) return { kind: 'pass' };
  const isFile = ofTheBuild.test(path);
  if (headers.cookie !== undefined || headers.authorization !== undefined || !(isFile || ofTheStore.test(path))) return { kind: 'alone' };
  const asked = isFile ? {} : headersThatMatter(headers);
  const key = [url.replace(/\?$/, ''), ...Object.entries(asked).map(([name, value]) => `${name}: ${value}`)].join('\n');
  const lifetimeMs = path === '/' ? frontPageMs : Number.POSITIVE_INFINITY;
  return { kind: 'keep', key, headers: asked, isOfTheBuild: isFile, isQuick: isFile || path === '/api/health', lifetimeMs };
}

function headersThatMatter(headers: IncomingMessage['headers']): Record<string, string> {
  // A paper's page has a second form, see next.config.ts.
  const accept = prefersMarkdown(headers.accept) ? { accept: 'text/markdown' } : {};
  const parts = partHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])] as const]));
  return { ...accept, ...Object.fromEntries(parts) };
}
