/** An author's name as bibliographies want it: family name and given names, or one piece. */
import { toReadableText } from '#view/text/readable-text.ts';

export type SplitName = { readonly family: string; readonly given: string } | { readonly literal: string };

/** What has no family name (a comma, `and`, a group of people), or where it stands first (Chinese, Japanese, Korean). */
const onePiece =
  /,|(?:^|\s)and(?:\s|$)|^others$|\b(?:collaboration|consortium|team|group|project)$|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/iu;

/** The last word, the particles before it (`van der`) and a generation after it (`Jr.`). */
const nameParts = /^(.+?) ((?:\p{Ll}[\p{Ll}'’]* )*[^ ]+(?: (?:Jr\.?|Sr\.?|I{2,3}|IV))?)$/u;

/** Given and family name joined by a space are the readable name. */
export function splitName(name: string): SplitName {
  const text = toReadableText(name);
  const parts = onePiece.test(text) ? null : nameParts.exec(text);
  return parts?.[1] && parts[2] ? { given: parts[1], family: parts[2] } : { literal: text };
}

/** `Family, Given`. */
export function toFamilyFirst(name: string): string {
  const split = splitName(name);
  return 'literal' in split ? split.literal : `${split.family}, ${split.given}`;
}
