/** Entity tags as requests name them (RFC 9110 §13.1.2). */

/** Whether `If-None-Match`, when there is one, names the tag of the present answer; tags are compared weakly. */
export function isKnownTag(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (ifNoneMatch === null || ifNoneMatch === undefined || etag === '') return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
