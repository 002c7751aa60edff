/** The form in which words of phrases and of papers are compared. */
import { foldText } from '#core/text/terms.ts';

/** Folded, singular, American: `Networks` is `network`, `Localisation` `localization`, `modelling` `modeling`. */
export function normalWord(word: string): string {
  const one = singular(foldText(word));
  if (one.endsWith('isation')) return `${one.slice(0, -7)}ization`;
  if (one.endsWith('lling')) return `${one.slice(0, -5)}ling`;
  if (one.endsWith('ise') && one.length > 5) return `${one.slice(0, -3)}ize`;
  return one.endsWith('our') ? `${one.slice(0, -3)}or` : one;
}

/** Endings in which an `s` is seldom a plural: `bias`, `analysis`, `focus`, `loss`. */
const singularEnds = new Set(['as', 'is', 'us', 'ss']);

function singular(folded: string): string {
  if (!folded.endsWith('s') || folded.length < 4 || singularEnds.has(folded.slice(-2))) return folded;
  if (folded.endsWith('ies') && folded.length > 4) return `${folded.slice(0, -3)}y`;
  return folded.slice(0, /(?:ss|x|sh|tch)es$/.test(folded) ? -2 : -1);
}

/** Whether a word of a phrase is meant as it is written, such as `RAG`. */
export function isExact(word: string): boolean {
  return /\p{Lu}/u.test(word);
}
