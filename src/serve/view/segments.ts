/** A line of text as the page shows it: plain and marked parts and formulas, never HTML from outside. */

export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  /** A part that matched the search. */
  | { readonly kind: 'mark'; readonly text: string }
  /** KaTeX's MathML for a TeX formula; `text` is its source. */
  | { readonly kind: 'math'; readonly mathml: string; readonly text: string };
