/** Normalises words, so that phrases match plurals and British spellings. */
import { foldText } from '#core/text/terms.ts';

/**
 * Normalises a word for comparison: folded, singular, American spelling.
 * `Networks` → `network`, `Localisation` → `localization`, `modelling` → `modeling`.
 */
export function normalWord(word: string): string {
  const american = singular(foldText(word));
  if (american.endsWith('isation')) return `${american.slice(0, -7)}ization`;
  if (american.endsWith('lling')) return `${american.slice(0, -5)}ling`;
  if (american.endsWith('ise') && american.length > 5) return `${american.slice(0, -3)}ize`;
  return american.endsWith('our') ? `${american.slice(0, -3)}or` : american;
}

/** Endings whose `s` is rarely a plural: `bias`, `analysis`, `focus`, `loss`. */
const singularEnds = new Set(['as', 'is', 'us', 'ss']);

function singular(folded: string): string {
  if (!folded.endsWith('s') || folded.length < 4 || singularEnds.has(folded.slice(-2))) return folded;
  if (folded.endsWith('ies') && folded.length > 4) return `${folded.slice(0, -3)}y`;
  return folded.slice(0, /(?:ss|x|sh|tch)es$/.test(folded) ? -2 : -1);
}

/** Returns whether a phrase's word matches only its exact spelling, such as `RAG`. */
export function isExact(word: string): boolean {
  return /\p{Lu}/u.test(word);
}
