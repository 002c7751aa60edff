/** Splits an author's name into family and given name for bibliographies. */
import { toReadableText } from '#view/text/readable-text.ts';

export type SplitName = { readonly family: string; readonly given: string } | { readonly literal: string };

/** Names that are not split: groups, names with a comma or `and`, and names in Chinese, Japanese or Korean script. */
const unsplittable =
  /,|(?:^|\s)and(?:\s|$)|^others$|\b(?:collaboration|consortium|team|group|project)$|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/iu;

/** The family name: the last word with particles before it (`van der`) and a suffix after it (`Jr.`). */
const nameParts = /^(.+?) ((?:\p{Ll}[\p{Ll}'’]* )*[^ ]+(?: (?:Jr\.?|Sr\.?|I{2,3}|IV))?)$/u;

/** The given name, a space and the family name are the readable name. */
export function splitName(name: string): SplitName {
  const text = toReadableText(name);
  const parts = unsplittable.test(text) ? null : nameParts.exec(text);
  return parts?.[1] && parts[2] ? { given: parts[1], family: parts[2] } : { literal: text };
}

/** `Family, Given`. */
export function toFamilyFirst(name: string): string {
  const split = splitName(name);
  return 'literal' in split ? split.literal : `${split.family}, ${split.given}`;
}
