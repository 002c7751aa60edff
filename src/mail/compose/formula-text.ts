/** Renders text with formulas as one line of plain Unicode: `$O(n^2)$` becomes `O(n²)`. */
import type { Segment } from '#view/text/text-segments.ts';

type Signs = ReadonlyMap<string, string>;

const toSigns = (plain: string, signs: string): Signs =>
  new Map([...plain].map((sign, i) => [sign, [...signs][i] ?? sign]));
const superscripts = toSigns('0123456789+-−=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ');
const subscripts = toSigns('0123456789+-−=()aeijklmnopt', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₖₗₘₙₒₚₜ');
/** Accents above a letter, and their combining characters. */
const accents = toSigns('^~˜ˉ¯˙→', '\u0302\u0303\u0303\u0304\u0304\u0307\u20d7');
const relation = /^[=<>≤≥≠≈∼∈→⇒×±∝≪≫≡⊂⊆]$/u;
const entities: Signs = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' }));

/** Writes scripts and fractions without a Unicode character with `^`, `_` and `/`. */
export function toPlainText(segments: readonly Segment[]): string {
  return segments
    .map((segment) => (segment.kind === 'math' ? toFormulaText(segment.mathml) : segment.text))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

type Open = { readonly tag: string; readonly parts: string[] };

/** `mathml` must be well-formed, as KaTeX writes it. */
export function toFormulaText(mathml: string): string {
  const open: Open[] = [{ tag: 'math', parts: [] }];
  for (const [, close, tag, selfClosed, text] of mathml.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>|([^<]+)/g)) {
    const top = open.at(-1);
    if (text !== undefined) top?.parts.push(decode(text).replace('\u2061', ' '));
    else if (selfClosed === '/') top?.parts.push(tag === 'mspace' ? ' ' : '');
    else if (close === '') open.push({ tag: tag ?? '', parts: [] });
    else if (open.length > 1) closeTop(open);
  }
  return (open[0]?.parts ?? []).join('').replace(/\s+/g, ' ').trim();
}

function closeTop(open: Open[]): void {
  const done = open.pop();
  if (done) open.at(-1)?.parts.push(join(done));
}

function join({ tag, parts }: Open): string {
  const [base = '', first = '', second = ''] = parts;
  switch (tag) {
    case 'msup':
      return base + script(first, superscripts, '^');
    case 'msub':
    case 'munder':
      return base + script(first, subscripts, '_');
    case 'msubsup':
    case 'munderover':
      return base + script(first, subscripts, '_') + script(second, superscripts, '^');
    case 'mover':
      return [...base].length === 1 && accents.has(first) ? `${base}${accents.get(first)}`.normalize('NFC') : base;
    case 'mfrac':
      return `${bracketed(base)}/${bracketed(first)}`;
    case 'msqrt':
      return `√${bracketed(parts.join(''))}`;
    case 'mroot':
      return `${script(first, superscripts, '^')}√${bracketed(base)}`;
    case 'mi':
      return parts.join('').length > 1 ? ` ${parts.join('')}` : parts.join('');
    case 'mo':
      return relation.test(parts.join('')) ? ` ${parts.join('')} ` : parts.join('');
    case 'mtr':
      return parts.join(' ');
    case 'mtable':
      return parts.join('; ');
    default:
      return parts.join('');
  }
}

function script(text: string, signs: Signs, mark: string): string {
  const plain = text.replace(/\s/g, '');
  if (plain === '') return '';
  if (/^[′*†∘⊤]+$/u.test(plain)) return plain;
  return [...plain].every((sign) => signs.has(sign))
    ? [...plain].map((sign) => signs.get(sign)).join('')
    : `${mark}${bracketed(plain)}`;
}

function bracketed(text: string): string {
  return [...text].length > 1 && !/^[\p{L}\p{N}.]+$/u.test(text) ? `(${text.trim()})` : text;
}

function decode(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name) return entities.get(name.toLowerCase()) ?? whole;
      return String.fromCodePoint(Number.parseInt(hex ?? decimal ?? '', hex ? 16 : 10));
    },
  );
}
