/** Reduces the address and the headers of a request to the parts that select a response: the cache key. */
import type { IncomingMessage } from 'node:http';
import { prefersMarkdown } from './content-negotiation.ts';

type Headers = IncomingMessage['headers'];

/** Tracking parameters of links in mails, and the cache buster of Next's client. No response depends on them. */
const ignored = /^(?:utm_\w+|_rsc)(?:=|$)/;
const partParameter = /^_rsc=/;

/** These addresses ignore all parameters. */
const withoutParameters =
  /^\/(?:og\/|tags$|library$|api$|api\/(?:health$|arxiv\/|papers\/(?!search$))|_next\/static\/|favicon\.svg$|preferences\.js$)/;
const ofOnePaper = /^\/papers\/(?!(?:date|week|month)\/|trending$)/;

/** Next's client sends these when it fetches part of a page (RSC). The part depends on their values. */
const prefetches = ['1', '2', '3'];
const describedParts = ['next-router-state-tree', 'next-router-segment-prefetch', 'next-url'];
const describedCharactersMax = 4000;

/** Returns the address without the parameters that the page ignores. */
export function toCacheUrl(url: string, isPart: boolean): string {
  const [path = '', ...rest] = url.split('?');
  const parameters = rest.join('?').split('&');
  const matters = (parameter: string) => {
    if (isPart && partParameter.test(parameter)) return true; // Next compares it with the fields that describe the part
    if (parameter === '' || ignored.test(parameter) || withoutParameters.test(path)) return false;
    return !ofOnePaper.test(path) || parameter.startsWith('related=');
  };
  const kept = parameters.filter(matters);
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** Returns the headers that select the representation (RFC 9110 §12.5.5). */
export function selectHeaders(headers: Headers): Readonly<Record<string, string>> {
  // next.config.ts rewrites a paper's address to its Markdown form by this header.
  const accept = prefersMarkdown(headers.accept) ? { accept: 'text/markdown' } : {};
  return { ...accept, ...partFields(headers) };
}

/** Returns {} for fields that Next's client never sends. Such a request gets the whole page. */
function partFields(headers: Headers): Readonly<Record<string, string>> {
  const prefetch = headers['next-router-prefetch'];
  if (headers.rsc !== '1' || (prefetch !== undefined && !prefetches.includes(String(prefetch)))) return {};
  const described = describedParts.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, String(headers[name])] as const],
  );
  if (described.some(([, value]) => value.length > describedCharactersMax)) return {};
  return {
    rsc: '1',
    ...(prefetch === undefined ? {} : { 'next-router-prefetch': String(prefetch) }),
    ...Object.fromEntries(described),
  };
}
