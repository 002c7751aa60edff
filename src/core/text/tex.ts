/** Decodes TeX accents and finds formulas, the same way for the index, pages and exports. */

/** The parts of a text in order. A formula's `text` includes its delimiters, its `tex` does not. */
export type TexPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'formula'; readonly text: string; readonly tex: string; readonly display: boolean };

const opening = /\\\(|\\\[|\$\$?|\\[\s\S]/g;
const closers: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$' };
const texSign = /[\\^_{}=<>]/;
const prose = /\b[A-Za-z]{2,}\s+[A-Za-z]{2,}\s+[A-Za-z]{2,}|^\s+[A-Za-z]{2,}\s+$/;
const twoWords = /\b[A-Za-z]{2,}\s+[A-Za-z]{2,}/;
const endsBeforeAmount = /[\s(/[<>~≈–—-]$/;

/**
 * Splits `$…$`, `$$…$$`, `\(…\)` and `\[…\]` from a text in linear time. The joined parts equal the text.
 * A dollar sign is money if the text up to the next one reads as an amount or as prose (`$5 and $10`).
 */
export function splitFormulas(text: string): TexPart[] {
  const parts: TexPart[] = [];
  const missing = new Set<string>();
  let done = 0;
  opening.lastIndex = 0;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const [open] = found;
    const start = found.index + open.length;
    const end = missing.has(open) ? -1 : closingOf(text, open, start);
    if (end < 0) {
      if (open in closers) missing.add(open);
      continue;
    }
    const after = end + open.length;
    if (found.index > done) parts.push({ kind: 'text', text: text.slice(done, found.index) });
    parts.push({
      kind: 'formula',
      text: text.slice(found.index, after),
      tex: text.slice(start, end),
      display: open === '$$' || open === '\\[',
    });
    done = after;
    opening.lastIndex = after;
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) });
  return parts;
}

/** Returns the index of the closing delimiter, or -1 if `open` does not open a formula. */
function closingOf(text: string, open: string, start: number): number {
  const closer = closers[open];
  if (closer) return text.indexOf(closer, start);
  if (open !== '$') return -1;
  let end = start;
  while (end < text.length && text[end] !== '$') end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) return -1;
  const tex = text.slice(start, end);
  return isFormula(tex) ? end : -1;
}

/** Returns whether the text between two dollar signs is a formula, not an amount or prose. */
function isFormula(tex: string): boolean {
  if (tex.trim() === '') return false;
  const hasSign = texSign.test(tex);
  if (/^\d/.test(tex) && endsBeforeAmount.test(tex) && !/^[\d.,]+\s*$/.test(tex)) return hasSign && !twoWords.test(tex);
  return hasSign || !prose.test(tex);
}

const combining: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
};

const letters: Readonly<Record<string, string>> = {
  ss: 'ß',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  i: 'ı',
  j: 'ȷ',
  dh: 'ð',
  DH: 'Ð',
  th: 'þ',
  TH: 'Þ',
};

const accent =
  /\\(?:([`'^~=."])|([uvHckrbd])(?:\s+(?=\\?[A-Za-z])|(?=\{)))(?:\{\s*(\\[ij]|[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))/g;
const special = /\\(ss|oe|OE|ae|AE|aa|AA|dh|DH|th|TH|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s(?=[A-Za-z]))?/g;
/** In a URL, `/\~jane` contains a tilde, not an accent. */
const tildeInAddress = /(?<=\/)\\~(?:\{\})?/g;
/** A single letter in braces. Not a command's argument (`\textbf{C}`) or the rest of one (`mathcal{O}`). */
const bracedLetter = /\{(?<![A-Za-z\\^_}]\{)([A-Za-z])\}|\{(?<!\\[A-Za-z]{1,20}\{)([^\p{ASCII}]\p{M}*)\}/gu;

/** Decodes accents outside formulas: `B\"uchi` → `Büchi`, `K{é}vin` → `Kévin`, `\L{}ukasz` → `Łukasz`. */
export function decodeTexAccents(text: string): string {
  if (!text.includes('\\') && !text.includes('{')) return text;
  return splitFormulas(text)
    .map((part) => (part.kind === 'text' ? decodeAccents(part.text) : part.text))
    .join('');
}

/** As `decodeTexAccents`, for a text without formulas. */
export function decodeAccents(text: string): string {
  if (!text.includes('\\') && !text.includes('{')) return text;
  return text
    .replace(tildeInAddress, '~')
    .replace(accent, toAccented)
    .replace(special, (whole, name: string) => letters[name] ?? whole)
    .replace(bracedLetter, (_, plain?: string, other?: string) => plain ?? other ?? '');
}

/** Returns the plain sign for an accent that the letter cannot have (`don\'t`). */
function toAccented(...[whole, symbol, command, braced, bare]: readonly (string | undefined)[]): string {
  const letter = (braced ?? bare ?? '').replace('\\i', 'i').replace('\\j', 'j');
  const composed = (letter + (combining[symbol ?? command ?? ''] ?? '')).normalize('NFC');
  if (composed.length === 1) return composed;
  if (symbol === "'" && bare) return `'${bare}`;
  return command || braced ? composed : (whole ?? '');
}
