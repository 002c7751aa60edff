/** Converts TeX outside formulas to readable Unicode text. Formulas stay TeX. */
import { cleanText } from '#core/text/clean-text.ts';
import { decodeAccents, splitFormulas, type TexPart } from '#core/text/tex.ts';

/** Texts without any of these need no conversion. */
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

/** Formatting commands: only their argument stays. */
const dressing =
  'emph|textbf|textit|texttt|textsc|textsf|textrm|textsl|textmd|textup|textnormal|text|underline|uline|mbox|hbox|url|enquote';

/** Matches one TeX construct. Addresses come first, so their content stays unchanged. */
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

/** The few HTML tags that repositories add to titles and abstracts. Other tags are the author's text. */
const htmlPair = /<(i|b|em|strong|sub|sup|tt|u|scp|inf)>([^<>]{0,400})<\/\1>/gi;
const htmlBreak = /<(?:br|p)\s?\/?>/gi;

/** Parser state: replacements for the open braces, and the number of open quotation marks. */
type ParserState = { readonly closings: string[]; quotes: number };

/** Returns the non-empty parts of the text in order. Takes time linear in the text. */
export function toReadableParts(text: string): readonly TexPart[] {
  const clean = cleanText(text);
  if (!suspicious.test(clean)) return clean === '' ? [] : [{ kind: 'text', text: clean }];
  const state: ParserState = { closings: [], quotes: 0 };
  return splitFormulas(clean)
    .map((part): TexPart => (part.kind === 'text' ? { kind: 'text', text: convert(part.text, state) } : part))
    .filter((part) => part.text !== '');
}

/** Returns one line of plain text, with formulas as TeX between their delimiters. */
export function toReadableText(text: string): string {
  return toReadableParts(text)
    .map((part) => part.text)
    .join('');
}

function convert(text: string, state: ParserState): string {
  const plain = decodeAccents(text).replace(htmlPair, '$2').replace(htmlPair, '$2').replace(htmlBreak, ' ');
  return plain.replace(piece, (...match) => replaceOne(match[0], match.at(-1), state)).replace(/ {2,}/g, ' ');
}

function replaceOne(whole: string, groups: Readonly<Record<string, string | undefined>>, state: ParserState): string {
  if (groups.address !== undefined) return whole;
  if (groups.escaped !== undefined) return groups.escaped;
  if (groups.space !== undefined) return '-/!@'.includes(groups.space) ? '' : groups.space === ',' ? '\u202f' : ' ';
  if (groups.dressed !== undefined) return open(state, '', '');
  if (groups.cited !== undefined) return '[…]';
  if (groups.dropped !== undefined) return '';
  if (groups.bracedSign !== undefined) return signs[groups.bracedSign] ?? whole;
  if (groups.sign !== undefined) return signs[groups.sign] ?? whole;
  if (groups.brace !== undefined) return groups.brace === '{' ? open(state, '{', '}') : (state.closings.pop() ?? '}');
  if (groups.quote !== undefined) return toQuote(groups.quote, state);
  if (groups.dash !== undefined) return groups.dash.length === 2 ? '–' : '—';
  if (groups.tie !== undefined) return '\u00a0';
  if (groups.times !== undefined) return '×';
  return groups.about === undefined ? whole : `~${groups.about.replace('\\', '')}`;
}

function open(state: ParserState, opening: string, closing: string): string {
  state.closings.push(closing);
  return opening;
}

/** Converts ` ``…'' ` and the variants ` ``…" ` and ` ``…`` `. Quotes without an opening ` `` ` stay unchanged. */
function toQuote(quote: string, state: ParserState): string {
  if (quote === '``' && state.quotes === 0) {
    state.quotes += 1;
    return '“';
  }
  if (state.quotes === 0) return quote;
  state.quotes -= 1;
  return '”';
}
