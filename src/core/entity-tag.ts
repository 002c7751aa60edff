/** Evaluates `If-None-Match` (RFC 9110 § 13.1.2). */

/** Returns whether `If-None-Match` matches the response's tag. Uses weak comparison. */
export function isKnownTag(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (ifNoneMatch === null || ifNoneMatch === undefined || etag === '') return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
