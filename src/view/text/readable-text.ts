/** A paper's text as people read it: TeX around the formulas becomes letters, signs and quotes; the formulas stay TeX. */
import { cleanText } from '#core/text/clean-text.ts';
import { decodeAccents, splitFormulas, type TexPart } from '#core/text/tex.ts';

/** Nothing but these makes a text need mending. */
const suspicious = /[\\{}`~<$]|--|\dtimes|sim\d/;

const signs: Readonly<Record<string, string>> = Object.fromEntries(
  `LaTeX:LaTeX TeX:TeX times:× sim:~ approx:≈ simeq:≃ leq:≤ le:≤ geq:≥ ge:≥ neq:≠ ne:≠ pm:± mp:∓ cdot:· div:÷ infty:∞ ldots:… dots:… cdots:…
  to:→ rightarrow:→ Rightarrow:⇒ leftarrow:← leftrightarrow:↔ uparrow:↑ downarrow:↓ in:∈ subset:⊂ subseteq:⊆ cup:∪ cap:∩ forall:∀ exists:∃
  lambda:λ alpha:α beta:β gamma:γ delta:δ epsilon:ε varepsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ mu:μ nu:ν xi:ξ pi:π rho:ρ sigma:σ tau:τ
  upsilon:υ phi:φ varphi:φ chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω ell:ℓ
  textregistered:® texttrademark:™ textdegree:° guillemotleft:« guillemotright:» textasciitilde:~ textbackslash:\\ percent:%`
    .split(/\s+/)
    .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
);

/** Commands that only dress their argument: the argument stays. */
const dressing =
  'emph|textbf|textit|texttt|textsc|textsf|textrm|textsl|textmd|textup|textnormal|text|underline|uline|mbox|hbox|url|enquote';

/** One piece of TeX after the other; an address comes first, so that nothing in it is touched. */
const piece = new RegExp(
  [
    /(?<address>https?:\/\/[^\s{}<>\\]+)/,
    /\\(?<escaped>[%&_#${}])/,
    /\\(?<space>[ ,;:\\\n]|[-/!@])/,
    new RegExp(
      `(?<dressed>\\\\(?:${dressing})\\s?\\{|\\{\\\\(?:em|bf|it|tt|sc|sl|sf|rm|bfseries|itshape)(?![A-Za-z])\\s?|\\\\href\\{[^{}]*\\}\\s?\\{)`,
    ),
    /\\(?:cite[pt]?)\*?\{(?<cited>[^{}]*)\}/,
    /\\(?:color|label)\{(?<dropped>[^{}]*)\}/,
    /\{\\(?<bracedSign>[A-Za-z]{2,24})\}/,
    /\\(?<sign>[A-Za-z]{2,24})(?:\{\})?/,
    /(?<brace>[{}])/,
    /(?<quote>``|''|")/,
    /(?<dash>(?<=\S)--(?:-)?(?=\S|$)|(?<=\s)---?(?=\s|$))/,
    /(?<tie>(?<=[\p{L}\p{N}.,)])~(?=\p{L}|$)|(?<=[\p{L}.,)])~(?=\p{N}))/u,
    /(?<times>(?<=\d)times\b)/,
    /\bsim(?<about>\d[\d.,]*(?:[KMBk]|\\?%)?(?![\w-]))/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gu',
);

/** Pairs of the few HTML tags that repositories put around a letter; any other tag is the author's own text. */
const htmlPair = /<(i|b|em|strong|sub|sup|tt|u|scp|inf)>([^<>]{0,400})<\/\1>/gi;
const htmlBreak = /<(?:br|p)\s?\/?>/gi;

/** What is open while the pieces of one text are read: closing braces owed, and quotation marks. */
type Reading = { readonly owed: string[]; quotes: number };

/** The text's parts in order, clean and readable; empty ones are left out. Linear in the text. */
export function toReadableParts(text: string): readonly TexPart[] {
  const clean = cleanText(text);
  if (!suspicious.test(clean)) return clean === '' ? [] : [{ kind: 'text', text: clean }];
  const reading: Reading = { owed: [], quotes: 0 };
  return splitFormulas(clean)
    .map((part): TexPart => (part.kind === 'text' ? { kind: 'text', text: mend(part.text, reading) } : part))
    .filter((part) => part.text !== '');
}

/** The text on one line, formulas with their delimiters: for places that hold no markup. */
export function toReadableText(text: string): string {
  return toReadableParts(text)
    .map((part) => part.text)
    .join('');
}

function mend(text: string, reading: Reading): string {
  const plain = decodeAccents(text).replace(htmlPair, '$2').replace(htmlPair, '$2').replace(htmlBreak, ' ');
  return plain.replace(piece, (...match) => replaceOne(match[0], match.at(-1), reading)).replace(/ {2,}/g, ' ');
}

function replaceOne(whole: string, groups: Readonly<Record<string, string | undefined>>, reading: Reading): string {
  if (groups.address !== undefined) return whole;
  if (groups.escaped !== undefined) return groups.escaped;
  if (groups.space !== undefined) return '-/!@'.includes(groups.space) ? '' : groups.space === ',' ? '\u202f' : ' ';
  if (groups.dressed !== undefined) return open(reading, '', '');
  if (groups.cited !== undefined) return '[…]';
  if (groups.dropped !== undefined) return '';
  if (groups.bracedSign !== undefined) return signs[groups.bracedSign] ?? whole;
  if (groups.sign !== undefined) return signs[groups.sign] ?? whole;
  if (groups.brace !== undefined) return groups.brace === '{' ? open(reading, '{', '}') : (reading.owed.pop() ?? '}');
  if (groups.quote !== undefined) return toQuote(groups.quote, reading);
  if (groups.dash !== undefined) return groups.dash.length === 2 ? '–' : '—';
  if (groups.tie !== undefined) return '\u00a0';
  if (groups.times !== undefined) return '×';
  return groups.about === undefined ? whole : `~${groups.about.replace('\\', '')}`;
}

function open(reading: Reading, shown: string, owed: string): string {
  reading.owed.push(owed);
  return shown;
}

/** ` ``…'' `, and the ` ``…" ` and ` ``…`` ` that people type for it; quotes that TeX did not open stay as they are. */
function toQuote(quote: string, reading: Reading): string {
  if (quote === '``' && reading.quotes === 0) {
    reading.quotes += 1;
    return '“';
  }
  if (reading.quotes === 0) return quote;
  reading.quotes -= 1;
  return '”';
}
