/** Sends a response to a client: complete, without its body for HEAD, or as 304. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isKnownTag } from '#core/entity-tag.ts';
import type { CachedResponse } from './cached-response.ts';
import { encodingOf } from './content-negotiation.ts';

/** Fields of a 304. Browsers update the cached page with them (RFC 9111 §3.2), so defaults must not win. */
const notModifiedFields =
  /^(?:etag|cache-control|vary|access-control-.+|ratelimit.*|content-security-policy|referrer-policy)$/;

export async function sendResponse(
  cached: CachedResponse,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The health routes may have sent a 503 meanwhile.
  if (response.headersSent) return;
  if (cached.status === 200 && isKnownTag(request.headers['if-none-match'], cached.etag)) {
    const headers = Object.entries(cached.headers).filter(([name]) => notModifiedFields.test(name));
    response.writeHead(304, Object.fromEntries(headers)).end();
    return;
  }
  const encoding = cached.isCompressible ? encodingOf(request.headers['accept-encoding']) : null;
  // All clients share one buffer, so a slow client holds no copy.
  const body = await cached.bodyIn(encoding);
  const hasBody = cached.status !== 204 && cached.status !== 304;
  response.writeHead(cached.status, {
    ...cached.headers,
    ...(encoding ? { 'content-encoding': encoding } : {}),
    ...(hasBody ? { 'content-length': body.length } : {}),
  });
  if (request.method === 'HEAD' || !hasBody) response.end();
  else response.end(body);
}
