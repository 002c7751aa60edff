/** By what a page is told from others: of its address and its fields only what can change it. */
import type { IncomingMessage } from 'node:http';
import { prefersMarkdown } from './content-negotiation.ts';

type Headers = IncomingMessage['headers'];

/** Links from mails add these, and Next's client the last; no page, feed or answer depends on them. */
const ignored = /^(?:utm_\w+|_rsc)(?:=|$)/;
const partParameter = /^_rsc=/;

/** Addresses that take no parameters at all, and papers, which take one. */
const withoutParameters =
  /^\/(?:og\/|tags$|library$|api$|api\/(?:health$|arxiv\/|papers\/(?!search$))|_next\/static\/|favicon\.svg$|preferences\.js$)/;
const ofOnePaper = /^\/papers\/(?!(?:date|week|month)\/|trending$)/;

/** How Next's own client asks for a part of a page: the part depends on what it already has. */
const prefetches = ['1', '2', '3'];
const describedParts = ['next-router-state-tree', 'next-router-segment-prefetch', 'next-url'];
const describedCharactersMax = 4000;

/** The address without what changes nothing. */
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

/** The fields a page depends on. */
export function selectHeaders(headers: Headers): Readonly<Record<string, string>> {
  // A paper's page has a second form, see next.config.ts.
  const accept = prefersMarkdown(headers.accept) ? { accept: 'text/markdown' } : {};
  return { ...accept, ...partFields(headers) };
}

/** Empty unless the fields are such as Next's client writes: whoever writes others gets the whole page. */
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
