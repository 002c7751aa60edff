/** Normalizes external text: one line, no invisible characters, no HTML references, composed letters. */
import { decodeEntities } from './html-entities.ts';
import { withoutInvisible } from './invisible-characters.ts';

/** Matches anything but printable ASCII. Texts without a match only need their spaces collapsed. */
const suspicious = /[^\n -~]|&/;
/** White space other than one single space. */
const unfolded = /[^\S ]\s*| \s+/g;

/** Decodes U+0080 … U+009F as Windows-1252, their usual origin. Drops the five bytes that it leaves undefined. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Returns one line of clean text. Leaves a tag such as `<think>` and a bare `<` or `&` as they are. Idempotent. */
export function cleanText(text: string): string {
  return (suspicious.test(text) ? mendCharacters(text) : text).replace(unfolded, ' ').trim();
}

/** Repeats the repairs, because one can uncover the next (`&amp;lt;`). Stops after a few rounds on hostile text. */
function mendCharacters(text: string): string {
  let mended = text;
  for (let pass = 0; pass < 8; pass++) {
    const before = mended;
    mended = withoutInvisible(mendControls(decodeEntities(before))).normalize('NFC');
    if (mended === before) break;
  }
  return mended;
}

function mendControls(text: string): string {
  if (!/[\x80-\x9f\xad]/.test(text)) return text;
  return text
    .replace(/[\xc2-\xf4][\x80-\xbf]{1,3}/g, mendUtf8)
    .replace(/[\x80-\x9f]/g, (byte) => (windows1252[byte.charCodeAt(0) - 0x80] ?? '').trim());
}

const utf8 = new TextDecoder();

/**
 * Repairs UTF-8 that was decoded as Latin-1 (`â\x80\x99` for `’`) if the bytes are exactly one character. Otherwise
 * decodes each byte.
 */
function mendUtf8(bytes: string): string {
  if (!/[\x80-\x9f\xad]/.test(bytes)) return bytes;
  const text = utf8.decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
  return text.includes('\ufffd') ? bytes : text;
}

/** Returns whether the authors' comment, or arXiv's text in place of the abstract, declares a withdrawal. */
export function isWithdrawn(comment: string, abstract: string): boolean {
  return withdrawnComment.test(comment) || withdrawnAbstract.test(abstract);
}

const withdrawnComment =
  /(?<!not |never |un)\bwithdrawn\b(?! (?:version|paper|article|submission)s?\b| from (?!arxiv))/i;
const withdrawnAbstract =
  /^\W*(?:(?:this|the) (?:\w+ )?(?:paper|article|manuscript|submission|preprint|work|draft|document|note)s? )?(?:has|have|is|was|were)?(?: been)? ?(?:temporarily )?withdrawn\b/i;
