/** Text from outside made fit to keep: one line, no invisible characters, no HTML references, composed letters. */
import { decodeEntities } from './html-entities.ts';
import { withoutInvisible } from './invisible-characters.ts';

/** Anything but plain ASCII, line ends included: most texts need no more than their spaces folded. */
const suspicious = /[^\n -~]|&/;
/** White space that is not one single space. */
const unfolded = /[^\S ]\s*| \s+/g;

/** Bytes U+0080 … U+009F read as Windows-1252 (what they nearly always are); the five it leaves open are dropped. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** One line of clean text; a tag such as `<think>` and a bare `<` or `&` stay what they are. Cleaning twice changes nothing more. */
export function cleanText(text: string): string {
  return (suspicious.test(text) ? mendCharacters(text) : text).replace(unfolded, ' ').trim();
}

/** Repeated until nothing changes, as one repair can uncover the next (`&amp;lt;`); a text made to go on for ever is left after a few. */
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

/** UTF-8 that was read as Latin-1 (`â\x80\x99` for `’`), when the bytes are exactly one character; else they are read one by one. */
function mendUtf8(bytes: string): string {
  if (!/[\x80-\x9f\xad]/.test(bytes)) return bytes;
  const text = utf8.decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
  return text.includes('\ufffd') ? bytes : text;
}

/** Whether the authors (in the comment) or arXiv (in place of the abstract) say that a paper is withdrawn. */
export function isWithdrawn(comment: string, abstract: string): boolean {
  return withdrawnComment.test(comment) || withdrawnAbstract.test(abstract);
}

const withdrawnComment =
  /(?<!not |never |un)\bwithdrawn\b(?! (?:version|paper|article|submission)s?\b| from (?!arxiv))/i;
const withdrawnAbstract =
  /^\W*(?:(?:this|the) (?:\w+ )?(?:paper|article|manuscript|submission|preprint|work|draft|document|note)s? )?(?:has|have|is|was|were)?(?: been)? ?(?:temporarily )?withdrawn\b/i;
