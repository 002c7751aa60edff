/** The entity tag of an export. It depends on revision and request only, so it is known before the export exists. */
import { hash } from 'node:crypto';
import type { Library } from './library.ts';

/**
 * Includes the build and the site's address, because both change the text of an export. The tag is weak (RFC 9110 §
 * 8.8.1): it is the same for compressed responses. Clients compare tags of one address only, so 96 bits of the hash
 * suffice.
 */
export function etagOf(
  { build, siteUrl }: Pick<Library, 'build' | 'siteUrl'>,
  revision: number,
  ...request: readonly string[]
): string {
  return `W/"${revision.toString(36)}-${hash('sha256', [build, siteUrl, ...request].join('\n'), 'base64url').slice(0, 16)}"`;
}
