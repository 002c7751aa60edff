/** How titles and names are compared across sources: letters and digits only, folded. */
import { hash } from 'node:crypto';
import { foldText } from '#core/text/terms.ts';
import { decodeTexAccents } from '#core/text/tex.ts';

/** Digest of what is compared of a title, its folded letters and digits; a title without any stands for itself. */
export function titleKey(title: string): string {
  const key = foldText(decodeTexAccents(title)).replace(/[^\p{L}\p{N}]+/gu, '');
  return digestOf(key === '' ? title.trim() : key);
}

/** 96 bits, short enough for an index of millions. */
export function digestOf(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, 16);
}

/** The folded surname: what follows the last space, or stands before a comma. */
export function surnameKey(name: string): string {
  const family = name.includes(',') ? name.slice(0, name.indexOf(',')) : name;
  const words = foldText(family).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.at(-1) ?? foldText(name);
}

/** Whether two known author lists can be of one paper: half of the shorter list's surnames stand in the other. */
export function authorsAgree(left: readonly string[], right: readonly string[]): boolean {
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
  const surnames = new Set(longer.map(surnameKey));
  const own = new Set(shorter.map(surnameKey));
  const shared = [...own].filter((surname) => surnames.has(surname)).length;
  return own.size > 0 && shared * 2 >= own.size;
}

const slugCharsMax = 80;

/** The address made of a title: `codet5-open-code-large-language-models`, at most 80 characters, cut at a word; empty when no Latin letter or digit is in it. */
export function titleSlug(title: string): string {
  const slug = foldText(decodeTexAccents(title))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug.length <= slugCharsMax) return slug;
  const cut = slug.lastIndexOf('-', slugCharsMax);
  return slug.slice(0, cut > 0 ? cut : slugCharsMax);
}
