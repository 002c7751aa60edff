/** A TeX formula as MathML: only KaTeX's own elements, without colours, styles and the hidden copy of the source. */
import katex from 'katex';

/** Longer formulas are shown as their source: KaTeX needs up to 40 ms for 2,000 characters, and far more than in proportion beyond. */
const formulaCharsMax = 2_000;

const cachedCharsMax = 8_000_000;
const cached = new Map<string, string | null>();
let cachedChars = 0;

/**
 * What no formula in a title or abstract needs, and what would let one paper define words for the next, write any character code, link
 * somewhere or move its ink far outside its line.
 */
const refused =
  /\\(?:[gex]?def|(?:re)?newcommand|providecommand|(?:future)?let|global|char|href|url|includegraphics|html\w*)(?![a-z])|-\s*\d{2,}(?:\.\d+)?\s*(?:em|ex|mu|pt|mm|cm|in|pc|bp|dd|cc|nd|nc|sp)(?![a-z])/i;

/** Text commands that papers use in formulas and KaTeX does not know. */
const macros: Readonly<Record<string, string>> = {
  '\\mbox': '\\text{#1}',
  '\\textsc': '\\text{#1}',
  '\\textsl': '\\textit{#1}',
  '\\emph': '\\textit{#1}',
  '\\ensuremath': '#1',
  '\\em': '\\it',
  '\\sl': '\\it',
  '\\sc': '\\rm',
  '\\bm': '\\boldsymbol{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\RR': '\\mathbb{R}',
  '\\ZZ': '\\mathbb{Z}',
  '\\FF': '\\mathbb{F}',
  '\\EE': '\\mathbb{E}',
  '\\Tilde': '\\tilde{#1}',
  '\\norm': '\\left\\|#1\\right\\|',
  '\\bigO': 'O',
  '\\xspace': '',
  '\\eps': '\\varepsilon',
  '\\poly': '\\operatorname{poly}',
  '\\polylog': '\\operatorname{polylog}',
};

/** The `<math>` element, or null when KaTeX cannot read the formula: then its source is shown. Remembers what it was asked. */
export function toMathml(tex: string, display: boolean): string | null {
  const key = display ? `$${tex}` : tex;
  const known = cached.get(key);
  if (known !== undefined) {
    cached.delete(key); // back in as the newest
    cached.set(key, known);
    return known;
  }
  const mathml = tex.length > formulaCharsMax || refused.test(tex) ? null : render(tex, display);
  cached.set(key, mathml);
  cachedChars += sizeOf(key, mathml);
  forgetOldest();
  return mathml;
}

function forgetOldest(): void {
  for (const [key, mathml] of cached) {
    if (cachedChars <= cachedCharsMax) return;
    cached.delete(key);
    cachedChars -= sizeOf(key, mathml);
  }
}

const sizeOf = (key: string, mathml: string | null): number => key.length + (mathml?.length ?? 0) + 100;

function render(tex: string, display: boolean): string | null {
  try {
    const html = katex.renderToString(tex, {
      output: 'mathml',
      displayMode: display,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxSize: 10,
      maxExpand: 200,
      macros: { ...macros },
    });
    return toBareMath(html);
  } catch {
    return null; // not TeX that KaTeX knows, or nested too deep: the reader gets the source instead
  }
}

/** Drops KaTeX's wrapper and the annotation, which would double the formula in copies and in plain text; colours and styles are ours. */
function toBareMath(html: string): string | null {
  const match =
    /<math([^>]*)><semantics>([\s\S]*)<annotation encoding="application\/x-tex">[^<]*<\/annotation><\/semantics><\/math>/.exec(
      html,
    );
  if (!match) return null;
  const inner = (match[2] ?? '').replace(/ (?:style|class ?|mathcolor|mathbackground|href|src|alt)="[^"]*"/g, '');
  return `<math${match[1]}>${inner}</math>`;
}
