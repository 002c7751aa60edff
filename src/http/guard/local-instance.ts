/**
 * Guards an instance for its own machine (HOST and SITE_URL are loopback) against pages of other sites.
 * They must not reach it by its address nor by a name that resolves to it (DNS rebinding).
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { hostnameOf, isLoopbackHost, isOwnOrigin } from '#core/web-origin.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Rejection = { readonly status: number; readonly message: string };

const remedy =
  'If readers use another address, set SITE_URL to it, such as SITE_URL=https://papers.example, and start again.';
const misdirected: Rejection = {
  status: 421,
  message: `This Paper Digest is open to its own machine only, as localhost, 127.0.0.1 or [::1]. ${remedy}`,
};
const crossSite: Rejection = { status: 403, message: `A page of another site sent this request. ${remedy}` };

/** Rejects requests from other sites before anything else, and removes CORS fields from every response. */
export function guardLocalInstance(siteUrl: string, handle: Handle): Handle {
  return async (request, response) => {
    withoutCors(response);
    const rejection = rejectionOf(request, siteUrl);
    if (rejection === null) return handle(request, response);
    response.writeHead(rejection.status, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(rejection.message) + 1,
      'cache-control': 'no-store',
    });
    response.end(`${rejection.message}\n`);
  };
}

function rejectionOf({ url = '', headers, headersDistinct }: IncomingMessage, siteUrl: string): Rejection | null {
  const hosts = headersDistinct.host ?? [];
  // The host of an absolute target overrides the Host field (RFC 9112 §3.2.2).
  const target = url.startsWith('/') ? [] : [URL.parse(url)?.host ?? ''];
  const isLocal = hosts.length > 0 && [...hosts, ...target].every((host) => isLoopbackHost(hostnameOf(host)));
  if (!isLocal) return misdirected;
  return headers.origin === undefined || isOwnOrigin(headers.origin, hosts[0] ?? '', siteUrl) ? null : crossSite;
}

/** Removes CORS fields whichever code writes the response. */
function withoutCors(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    headers: OutgoingHttpHeaders,
  ) => ServerResponse;
  const isCors = (name: string) => /^access-control-/i.test(name);
  response.writeHead = (status: number, ...args: unknown[]) => {
    for (const name of response.getHeaderNames()) if (isCors(name)) response.removeHeader(name);
    const headers = args.find((part) => typeof part === 'object' && part !== null) ?? {};
    return writeHead(
      status,
      Object.fromEntries(Object.entries(headers).filter(([name]) => !isCors(name))) as OutgoingHttpHeaders,
    );
  };
}
