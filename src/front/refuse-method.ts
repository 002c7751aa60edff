/** Answers a request that would change something at an address that is only read (RFC 9110 §15.5.6). */
import type { ServerResponse } from 'node:http';

export const readMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** A problem document, in which clients of the Hugging Face API find their `error`. */
export function refuseMethod(response: ServerResponse): void {
  const allowed = readMethods.join(', ');
  const detail = `This address is only read: ${allowed}.`;
  const body = JSON.stringify({ type: 'about:blank', status: 405, title: 'Method not allowed', detail, error: detail });
  response.writeHead(405, {
    allow: allowed,
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
