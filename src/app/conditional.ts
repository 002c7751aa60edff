/** Conditional requests (RFC 9110 §13): a reader that has the present answer is told so instead of being sent it again. */

/** Whether `If-None-Match` names the tag; tags are compared weakly. */
export function isFresh(request: Request, etag: string): boolean {
  const known = request.headers.get('if-none-match');
  if (known === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag));
}

export function notModified(headers: Readonly<Record<string, string>>): Response {
  return new Response(null, { status: 304, headers });
}
