/** Reduces the address and the headers of a request to the parts that select a response: the cache key. */
import type { IncomingMessage } from 'node:http';
import { prefersMarkdown } from './content-negotiation.ts';

type Headers = IncomingMessage['headers'];

/** Tracking parameters of links in mails, and the cache buster of Next's client. No response depends on them. */
const ignoredParameters = /^(?:utm_\w+|_rsc)(?:=|$)/;
const rscParameter = /^_rsc=/;

/** These addresses ignore all parameters. */
const withoutParameters = [
  /^\/(?:og|_next\/static)\//,
  /^\/(?:tags|library|api|favicon\.svg|preferences\.js)$/,
  /^\/api\/(?:health$|arxiv\/|papers\/(?!search$))/,
];
const singlePaper = /^\/papers\/(?!(?:date|week|month)\/|trending$)/;

/** Next's client sends these when it fetches part of a page (RSC). The part depends on their values. */
const prefetchValues = ['1', '2', '3'];
const rscFields = ['next-router-state-tree', 'next-router-segment-prefetch', 'next-url'];
const rscFieldCharactersMax = 4000;

/** Returns the address without the parameters that the page ignores. */
export function toCacheUrl(url: string, isRscRequest: boolean): string {
  const [path = '', ...rest] = url.split('?');
  const parameters = rest.join('?').split('&');
  const isSignificant = (parameter: string) => {
    if (isRscRequest && rscParameter.test(parameter)) return true; // Next checks it against the RSC fields
    if (
      parameter === '' ||
      ignoredParameters.test(parameter) ||
      withoutParameters.some((pattern) => pattern.test(path))
    )
      return false;
    return !singlePaper.test(path) || parameter.startsWith('related=');
  };
  const significant = parameters.filter(isSignificant);
  return significant.length === 0 ? path : `${path}?${significant.join('&')}`;
}

/** Returns the headers that select the representation (RFC 9110 §12.5.5). */
export function selectHeaders(headers: Headers): Readonly<Record<string, string>> {
  // next.config.ts rewrites a paper's address to its Markdown form by this header.
  const accept = prefersMarkdown(headers.accept) ? { accept: 'text/markdown' } : {};
  return { ...accept, ...selectRscFields(headers) };
}

/** Returns {} for fields that Next's client never sends. Such a request gets the whole page. */
function selectRscFields(headers: Headers): Readonly<Record<string, string>> {
  const prefetch = headers['next-router-prefetch'];
  if (headers.rsc !== '1' || (prefetch !== undefined && !prefetchValues.includes(String(prefetch)))) return {};
  const selected = rscFields.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, String(headers[name])] as const],
  );
  if (selected.some(([, value]) => value.length > rscFieldCharactersMax)) return {};
  return {
    rsc: '1',
    ...(prefetch === undefined ? {} : { 'next-router-prefetch': String(prefetch) }),
    ...Object.fromEntries(selected),
  };
}
