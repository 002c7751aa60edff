/** The form in which words of phrases and of papers are compared. */
import { foldText } from '#core/terms';

/** Folded, singular, American: `Networks` is `network`, `Localisation` `localization`, `modelling` `modeling`. */
export function normalWord(word: string): string {
  return singular(foldText(word))
    .replace(/isation$/, 'ization')
    .replace(/lling$/, 'ling')
    .replace(/(?<=.{3})ise$/, 'ize')
    .replace(/our$/, 'or');
}

function singular(folded: string): string {
  if (folded.length > 4 && folded.endsWith('ies')) return `${folded.slice(0, -3)}y`;
  return folded.length > 3 && /[^aiuse]s$|[^s]es$/.test(folded) ? folded.slice(0, -1) : folded;
}

/** Whether a word of a phrase is meant as it is written, such as `RAG`. */
export function isExact(word: string): boolean {
  return /\p{Lu}/u.test(word);
}
