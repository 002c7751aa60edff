/** TeX that stands for letters, and where formulas begin and end: one reading for the index, the pages and the exports. */

/** A text is its parts in order; a formula's `text` has its delimiters, its `tex` has not. */
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
 * Splits `$…$`, `$$…$$`, `\(…\)` and `\[…\]` from the text around them, in linear time; the parts joined are the text.
 * A dollar sign is money when what follows up to the next one reads as an amount or as prose (`$5 and $10`).
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

/** Where the formula's closing delimiter stands, or -1 when `open` opens none. */
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

/** What stands between two dollar signs: a formula, or an amount, or prose between two amounts. */
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
/** `/\~jane` in an address is a tilde, not an accent. */
const tildeInAddress = /(?<=\/)\\~(?:\{\})?/g;
/** A lone letter in braces, but not a command's argument (`\textbf{C}`), nor what is left of one (`mathcal{O}`). */
const bracedLetter = /\{(?<![A-Za-z\\^_}]\{)([A-Za-z])\}|\{(?<!\\[A-Za-z]{1,20}\{)([^\p{ASCII}]\p{M}*)\}/gu;

/** `B\"uchi` → `Büchi`, `K{é}vin` → `Kévin`, `\L{}ukasz` → `Łukasz`; formulas stay untouched. */
export function decodeTexAccents(text: string): string {
  if (!text.includes('\\') && !text.includes('{')) return text;
  return splitFormulas(text)
    .map((part) => (part.kind === 'text' ? decodeAccents(part.text) : part.text))
    .join('');
}

/** As `decodeTexAccents`, for a text known to hold no formula. */
export function decodeAccents(text: string): string {
  if (!text.includes('\\') && !text.includes('{')) return text;
  return text
    .replace(tildeInAddress, '~')
    .replace(accent, toAccented)
    .replace(special, (whole, name: string) => letters[name] ?? whole)
    .replace(bracedLetter, (_, plain?: string, other?: string) => plain ?? other ?? '');
}

/** An accent that no letter has (`don\'t`) is left as the sign it is written with. */
function toAccented(...[whole, symbol, command, braced, bare]: readonly (string | undefined)[]): string {
  const letter = (braced ?? bare ?? '').replace('\\i', 'i').replace('\\j', 'j');
  const composed = (letter + (combining[symbol ?? command ?? ''] ?? '')).normalize('NFC');
  if (composed.length === 1) return composed;
  if (symbol === "'" && bare) return `'${bare}`;
  return command || braced ? composed : (whole ?? '');
}
