/** The entity tag of an answer that is a function of the store's revision and of what was asked. */
import type { Library } from './library.ts';

/**
 * Another build may write the same papers otherwise, and so may another address of the site: a tag of theirs is none of ours. Weak
 * (RFC 9110 §8.8.1): compressed or not, the answer means the same. Tags are compared within one address only, so 53 bits of what was
 * asked are enough.
 */
export function etagOf({ build, siteUrl }: Pick<Library, 'build' | 'siteUrl'>, revision: number, ...asked: readonly string[]): string {
  return `W/"${revision.toString(36)}-${hash([build, siteUrl, ...asked].join('\n'))}"`;
}

/** Two multiplicative hashes with different seeds, mixed at the end. */
function hash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    high = Math.imul(high ^ text.charCodeAt(i), 0x9e3779b1);
    low = Math.imul(low ^ text.charCodeAt(i), 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return ((high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0)).toString(36);
}
