/** Normalises titles and names for comparison across sources: case-folded letters and digits only. */
import { hash } from 'node:crypto';
import { foldText } from '#core/text/terms.ts';
import { decodeTexAccents } from '#core/text/tex.ts';

/** Returns a digest of the title's folded letters and digits. A title without any is digested as it is. */
export function titleKey(title: string): string {
  const key = foldText(decodeTexAccents(title)).replace(/[^\p{L}\p{N}]+/gu, '');
  return digestOf(key === '' ? title.trim() : key);
}

/** Returns 96 bits of SHA-1 as base64url: 16 characters keep an index of millions of papers small. */
export function digestOf(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, 16);
}

/** Returns the folded surname: the part before a comma, else the last word. */
export function surnameKey(name: string): string {
  const family = name.includes(',') ? name.slice(0, name.indexOf(',')) : name;
  const words = foldText(family).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.at(-1) ?? foldText(name);
}

/** Returns whether the longer list contains at least half of the shorter list's surnames. */
export function authorsAgree(left: readonly string[], right: readonly string[]): boolean {
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
  const longerSurnames = new Set(longer.map(surnameKey));
  const shorterSurnames = new Set(shorter.map(surnameKey));
  const shared = [...shorterSurnames].filter((surname) => longerSurnames.has(surname)).length;
  return shorterSurnames.size > 0 && shared * 2 >= shorterSurnames.size;
}

const slugCharsMax = 80;

/**
 * Returns the slug of a title: `codet5-open-code-large-language-models`. At most 80 characters, cut between words.
 * Empty if the title has no Latin letter or digit.
 */
export function titleSlug(title: string): string {
  const slug = foldText(decodeTexAccents(title))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug.length <= slugCharsMax) return slug;
  const cut = slug.lastIndexOf('-', slugCharsMax);
  return slug.slice(0, cut > 0 ? cut : slugCharsMax);
}
