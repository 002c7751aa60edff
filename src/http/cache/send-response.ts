/** Sends an answer to one reader: whole, without its body, or as the news that the reader has it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isKnownTag } from '#core/entity-tag.ts';
import type { CachedResponse } from './cached-response.ts';
import { encodingOf } from './content-negotiation.ts';

/** What is said with 304 too, or a browser would take what every response says for the page's; the rest describes a body that its reader has. */
const ofTheExchange =
  /^(?:etag|cache-control|vary|access-control-.+|ratelimit.*|content-security-policy|referrer-policy)$/;

export async function sendResponse(
  answer: CachedResponse,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The health routes do not wait for a thread that hangs.
  if (response.headersSent) return;
  if (answer.status === 200 && isKnownTag(request.headers['if-none-match'], answer.etag)) {
    const headers = Object.entries(answer.headers).filter(([name]) => ofTheExchange.test(name));
    response.writeHead(304, Object.fromEntries(headers)).end();
    return;
  }
  const encoding = answer.isCompressible ? encodingOf(request.headers['accept-encoding']) : null;
  // Every reader is sent the same bytes in memory: a slow one holds no copy.
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
