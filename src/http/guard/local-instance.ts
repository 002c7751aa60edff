/**
 * An instance that only its own machine uses, HOST and SITE_URL being loopback: a page of another site, open in a browser on this
 * machine, must not reach it, neither by its address nor by a name that leads here (DNS rebinding).
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { hostnameOf, isLoopbackHost, isOwnOrigin } from '#core/web-origin.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Refusal = { readonly status: number; readonly message: string };

const remedy =
  'If readers use another address, set SITE_URL to it, such as SITE_URL=https://papers.example, and start again.';
const misdirected: Refusal = {
  status: 421,
  message: `This Paper Digest is open to its own machine only, as localhost, 127.0.0.1 or [::1]. ${remedy}`,
};
const foreign: Refusal = { status: 403, message: `A page of another site sent this request. ${remedy}` };

/** Handles requests of this machine alone, before anything else is decided, and takes the fields of CORS out of every response. */
export function guardLocalInstance(siteUrl: string, handle: Handle): Handle {
  return async (request, response) => {
    withoutCors(response);
    const refusal = refusalOf(request, siteUrl);
    if (refusal === null) return handle(request, response);
    response.writeHead(refusal.status, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(refusal.message) + 1,
      'cache-control': 'no-store',
    });
    response.end(`${refusal.message}\n`);
  };
}

function refusalOf({ url = '', headers, headersDistinct }: IncomingMessage, siteUrl: string): Refusal | null {
  const hosts = headersDistinct.host ?? [];
  // A target that names its host counts for more than the field (RFC 9112 §3.2.2).
  const target = url.startsWith('/') ? [] : [URL.parse(url)?.host ?? ''];
  const isLocal = hosts.length > 0 && [...hosts, ...target].every((host) => isLoopbackHost(hostnameOf(host)));
  if (!isLocal) return misdirected;
  return headers.origin === undefined || isOwnOrigin(headers.origin, hosts[0] ?? '', siteUrl) ? null : foreign;
}

/** Whatever writes the head of the response. */
function withoutCors(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    headers: OutgoingHttpHeaders,
  ) => ServerResponse;
  const isCors = (name: string) => /^access-control-/i.test(name);
  response.writeHead = (status: number, ...given: unknown[]) => {
    for (const name of response.getHeaderNames()) if (isCors(name)) response.removeHeader(name);
    const headers = given.find((part) => typeof part === 'object' && part !== null) ?? {};
    return writeHead(
      status,
      Object.fromEntries(Object.entries(headers).filter(([name]) => !isCors(name))) as OutgoingHttpHeaders,
    );
  };
}
