/** Text with TeX formulas as the value of a BibTeX field: formulas of known commands stay TeX, all else is escaped, braces balance. */
import type { TexPart } from '#core/text/tex.ts';
import { toReadableParts } from '#view/text/readable-text.ts';
import { isHarmlessTex } from './harmless-tex.ts';

/** BibTeX counts braces even behind a backslash, so braces themselves are written as words. */
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

/** `~` is the space that a backslash and a space are, and no reader stumbles over it. */
const inFormula: Readonly<Record<string, string>> = {
  '\\ ': '~',
  '\\{': '\\lbrace ',
  '\\}': '\\rbrace ',
  '%': '\\%',
  '#': '\\#',
};

/** A word whose capitals mean something: `GPT`, `CodeT5`, `LLMs`, and a lone letter before a hyphen (`Q-learning`). */
const word = /[\p{L}\p{N}]+/gu;
const capitals = /^.+\p{Lu}|^\p{Lu}$/u;
const hyphen = /[-–+#]/;

/** Plain text, without formulas. */
export function escapeBibtex(text: string): string {
  return text.replace(/[\\{}~^%&#_$]/g, (sign) => escapes[sign] ?? sign).replaceAll('\u00a0', '~');
}

/** As `escapeBibtex`, with `{}` around words that a bibliography style must not set in lower case. */
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

/** A title as it came from a source: accents become letters, formulas stay TeX. */
export function titleToBibtex(title: string): string {
  return toReadableParts(title).map(toField).join('');
}

function toField(part: TexPart): string {
  if (part.kind === 'text') return escapeTitle(part.text);
  const tex = part.tex.replace(/\\[\\{}%#&_$ ]|[%#]/g, (sign) => inFormula[sign] ?? sign).trim();
  return isBalanced(tex) && isOneFormula(tex) && isHarmlessTex(tex) ? `$${tex}$` : escapeTitle(part.text);
}

/** Between two dollar signs another one, or nothing, would end it too soon or begin a display, and a backslash would escape the last. */
const isOneFormula = (tex: string): boolean => tex !== '' && !/(?<!\\)\$/.test(tex) && !hasTextSign.test(tex);

/** An accent of text, which TeX refuses in formulas, or a backslash at the end. */
const hasTextSign = /(?<!\\)(?:\\\\)*\\(?:['"`^~=.]|$)/;

/** Whether a reader that only counts braces finds the end where it is. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
