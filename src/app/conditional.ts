/** Conditional requests (RFC 9110 §13): a reader that has the present answer is told so instead of being sent it again. */
import { isKnownTag } from '#core/entity-tag';

export function isFresh(request: Request, etag: string): boolean {
  return isKnownTag(request.headers.get('if-none-match'), etag);
}

export function notModified(headers: Readonly<Record<string, string>>): Response {
  return new Response(null, { status: 304, headers });
}
