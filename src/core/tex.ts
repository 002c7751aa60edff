/** TeX that stands for letters: accents and special characters outside formulas, read as Unicode. */

const combining: Readonly<Record<string, string>> = {
  '`': '\u0300', "'": '\u0301', '^': '\u0302', '~': '\u0303', '=': '\u0304', u: '\u0306', '.': '\u0307', '"': '\u0308',
  r: '\u030a', H: '\u030b', v: '\u030c', d: '\u0323', c: '\u0327', k: '\u0328', b: '\u0331',
};

const letters: Readonly<Record<string, string>> = {
  ss: 'ß', o: 'ø', O: 'Ø', l: 'ł', L: 'Ł', ae: 'æ', AE: 'Æ', oe: 'œ', OE: 'Œ', aa: 'å', AA: 'Å', i: 'ı', j: 'ȷ', dh: 'ð', DH: 'Ð', th: 'þ', TH: 'Þ',
};

const accent = /\{?\\(?:([`'^~=."])\s*|([uvHckrbd])(?:\s+(?=\\?[A-Za-z])|(?=\{)))(?:\{\s*(\\[ij]|[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))\}?/g;
const special = /\{?\\(ss|oe|OE|ae|AE|aa|AA|dh|DH|th|TH|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s(?=[A-Za-z]))?\}?/g;
const formula = /(\$\$[\s\S]+?\$\$|\$[^$]+\$|\\\([\s\S]+?\\\)|\\\[[\s\S]+?\\\])/;

/** `B\"uchi` → `Büchi`, `K{é}vin` → `Kévin`, `\L{}ukasz` → `Łukasz`; formulas (`$…$`) stay untouched. */
export function decodeTexAccents(text: string): string {
  if (!text.includes('\\') && !/\{\p{L}\}/u.test(text)) return text;
  return text.split(formula).map((part, i) => (i % 2 === 1 ? part : decodePlain(part))).join('');
}

function decodePlain(text: string): string {
  return text
    .replace(accent, (_, symbol?: string, command?: string, braced?: string, bare?: string) => {
      const letter = (braced ?? bare ?? '').replace('\\i', 'i').replace('\\j', 'j');
      return (letter + (combining[symbol ?? command ?? ''] ?? '')).normalize('NFC');
    })
    .replace(special, (whole, name: string) => letters[name] ?? whole)
    .replace(/\{(\p{L})\}/gu, '$1');
}
