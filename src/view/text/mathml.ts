/** Converts a TeX formula to KaTeX's MathML, without colours, styles and the annotation. */
import katex from 'katex';

/** Longer formulas stay TeX. KaTeX takes up to 40 ms for 2,000 characters, and its time grows superlinearly. */
const formulaCharsMax = 2_000;

const cachedCharsMax = 8_000_000;
const cached = new Map<string, string | null>();
let cachedChars = 0;

/** Commands that define macros for later formulas, write character codes, add links, or draw far outside the line. */
const forbidden =
  /\\(?:[gex]?def|(?:re)?newcommand|providecommand|(?:future)?let|global|char|href|url|includegraphics|html\w*)(?![a-z])|-\s*\d{2,}(?:\.\d+)?\s*(?:em|ex|mu|pt|mm|cm|in|pc|bp|dd|cc|nd|nc|sp)(?![a-z])/i;

/** Commands that papers use in formulas and KaTeX does not know. */
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

/** Returns the `<math>` element, or null if KaTeX cannot parse the formula. Caches its results. */
export function toMathml(tex: string, display: boolean): string | null {
  const key = display ? `$${tex}` : tex;
  const known = cached.get(key);
  if (known !== undefined) {
    cached.delete(key); // reinsert as the most recently used
    cached.set(key, known);
    return known;
  }
  const mathml = tex.length > formulaCharsMax || forbidden.test(tex) ? null : render(tex, display);
  cached.set(key, mathml);
  cachedChars += sizeOf(key, mathml);
  evictOldest();
  return mathml;
}

function evictOldest(): void {
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
    return null; // unknown to KaTeX or nested too deeply
  }
}

/** Drops KaTeX's wrapper, colours and styles, and the annotation, which would repeat the formula in copied text. */
function toBareMath(html: string): string | null {
  const match =
    /<math([^>]*)><semantics>([\s\S]*)<annotation encoding="application\/x-tex">[^<]*<\/annotation><\/semantics><\/math>/.exec(
      html,
    );
  if (!match) return null;
  const inner = (match[2] ?? '').replace(/ (?:style|class ?|mathcolor|mathbackground|href|src|alt)="[^"]*"/g, '');
  return `<math${match[1]}>${inner}</math>`;
}
