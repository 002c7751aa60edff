/** Decides whether a formula is safe in a TeX document that includes an export. */
import { toMathml } from '#view/text/mathml.ts';

/**
 * The allow-list is KaTeX's set of commands: it has mathematics, but not `\input`, `\write`, `\csname` or other
 * commands that read files or run programs. Pass the formula exactly as exported: KaTeX skips comments, and escaping
 * `%` would activate them.
 */
export const isHarmlessTex = (tex: string): boolean => !programming.test(tex) && toMathml(tex, false) !== null;

/** KaTeX commands that are not mathematics, internal names of packages, and character codes (`^^`). */
const programming =
  /\\(?:expandafter|noexpand|relax|message|errmessage|show|verb|bgroup|egroup)(?![A-Za-z])|\\[A-Za-z]*@|\^\^/;
