/** The entity tag of an export: a function of the store's revision and of what was asked, so that it is known before the export is made. */
import { hash } from 'node:crypto';
import type { Library } from './library.ts';

/**
 * Another build may write the same papers otherwise, and so may another address of the site: a tag of theirs is none of ours. Weak
 * (RFC 9110 §8.8.1): compressed or not, the answer means the same. Tags are compared within one address only, so 96 bits of what was
 * asked are enough.
 */
export function etagOf(
  { build, siteUrl }: Pick<Library, 'build' | 'siteUrl'>,
  revision: number,
  ...asked: readonly string[]
): string {
  return `W/"${revision.toString(36)}-${hash('sha256', [build, siteUrl, ...asked].join('\n'), 'base64url').slice(0, 16)}"`;
}
