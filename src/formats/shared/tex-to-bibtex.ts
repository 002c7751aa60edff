/** Converts text with TeX formulas to a BibTeX field: safe formulas stay TeX, the rest is escaped, braces balance. */
import type { TexPart } from '#core/text/tex.ts';
import { toReadableParts } from '#view/text/readable-text.ts';
import { isHarmlessTex } from './harmless-tex.ts';

/** BibTeX counts braces even after a backslash, so braces become commands. */
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  $: '\\$',
};

/** `~` replaces backslash-space, which some parsers reject. */
const inFormula: Readonly<Record<string, string>> = {
  '\\ ': '~',
  '\\{': '\\lbrace ',
  '\\}': '\\rbrace ',
  '%': '\\%',
  '#': '\\#',
};

/** Words with significant capitals: `GPT`, `CodeT5`, `LLMs`, and a single letter before a hyphen (`Q-learning`). */
const word = /[\p{L}\p{N}]+/gu;
const capitals = /^.+\p{Lu}|^\p{Lu}$/u;
const hyphen = /[-–+#]/;

/** Plain text, without formulas. */
export function escapeBibtex(text: string): string {
  return text.replace(/[\\{}~^%&#_$]/g, (sign) => escapes[sign] ?? sign).replaceAll('\u00a0', '~');
}

/** Like `escapeBibtex`, with braces around words that bibliography styles must not set in lower case. */
function escapeTitle(text: string): string {
  let escaped = '';
  let done = 0;
  for (const { 0: whole, index } of text.matchAll(word)) {
    const end = index + whole.length;
    if (!capitals.test(whole) || ([...whole].length === 1 && !hyphen.test(text[end] ?? ''))) continue;
    escaped += `${escapeBibtex(text.slice(done, index))}{${whole}}`;
    done = end;
  }
  return escaped + escapeBibtex(text.slice(done));
}

/** Converts a source's title: TeX accents become letters, formulas stay TeX. */
export function titleToBibtex(title: string): string {
  return toReadableParts(title).map(toField).join('');
}

function toField(part: TexPart): string {
  if (part.kind === 'text') return escapeTitle(part.text);
  const tex = part.tex.replace(/\\[\\{}%#&_$ ]|[%#]/g, (sign) => inFormula[sign] ?? sign).trim();
  return isBalanced(tex) && isOneFormula(tex) && isHarmlessTex(tex) ? `$${tex}$` : escapeTitle(part.text);
}

/** Whether `$tex$` is exactly one inline formula: not empty, no inner `$`, no final backslash, no text accents. */
const isOneFormula = (tex: string): boolean => tex !== '' && !/(?<!\\)\$/.test(tex) && !hasTextSign.test(tex);

/** A text accent, which TeX rejects in formulas, or a backslash at the end. */
const hasTextSign = /(?<!\\)(?:\\\\)*\\(?:['"`^~=.]|$)/;

/** Whether a parser that only counts braces finds the end of the field. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
