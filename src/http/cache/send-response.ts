/** Sends a response to a client: complete, without its body for HEAD, or as 304. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isKnownTag } from '#core/entity-tag.ts';
import type { CachedResponse } from './cached-response.ts';
import { encodingOf } from './content-negotiation.ts';

/** Fields of a 304. They replace those of the cached page (RFC 9111 §3.2), which the defaults of all responses would spoil. */
const ofTheExchange =
  /^(?:etag|cache-control|vary|access-control-.+|ratelimit.*|content-security-policy|referrer-policy)$/;

export async function sendResponse(
  answer: CachedResponse,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The health routes may have sent a 503 meanwhile.
  if (response.headersSent) return;
  if (answer.status === 200 && isKnownTag(request.headers['if-none-match'], answer.etag)) {
    const headers = Object.entries(answer.headers).filter(([name]) => ofTheExchange.test(name));
    response.writeHead(304, Object.fromEntries(headers)).end();
    return;
  }
  const encoding = answer.isCompressible ? encodingOf(request.headers['accept-encoding']) : null;
  // All clients share one buffer, so a slow client holds no copy.
  const body = await answer.bodyIn(encoding);
  const hasBody = answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(encoding ? { 'content-encoding': encoding } : {}),
    ...(hasBody ? { 'content-length': body.length } : {}),
  });
  if (request.method === 'HEAD' || !hasBody) response.end();
  else response.end(body);
}
