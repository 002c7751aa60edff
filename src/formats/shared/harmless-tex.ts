/** Which formulas a document may run that was written with an export: those of mathematics only. */
import { toMathml } from '#view/text/mathml.ts';

/**
 * KaTeX's commands are the allow-list: it knows mathematics, so that `\input`, `\write`, `\csname` and whatever else reads a file or
 * runs a program is unknown to it. `tex` is the formula exactly as it is exported, since a comment hides from KaTeX what an escaped
 * percent sign would reveal to TeX.
 */
export const isHarmlessTex = (tex: string): boolean => !programming.test(tex) && toMathml(tex, false) !== null;

/** What KaTeX knows beside mathematics, names that are internal to packages, and characters written by their codes. */
const programming =
  /\\(?:expandafter|noexpand|relax|message|errmessage|show|verb|bgroup|egroup)(?![A-Za-z])|\\[A-Za-z]*@|\^\^/;
