/** Cleans author names: TeX accents, footnote marks, affiliations, lists in one string. */
import { cleanText } from './clean-text.ts';
import { decodeTexAccents } from './tex.ts';

const nameCharsMax = 200;
const lumpChars = 80;
/** Maximum length of an HTML character reference. */
const referenceCharsMax = 12;

/** One word in parentheses is a name (`Shixiang (Shane) Gu`). More words are an affiliation. */
const marks = /^[\s;,*†‡§¶]+|(?<![\s;,*†‡§¶])[\s;,*†‡§¶]+$/g;
const group =
  /\b(?:team|group|center|centre|collaborations?|consortium|institut\w*|lab\w*|university|committee|project|science|research|for|of)\b/i;
const twoNames =
  /^(\p{Lu}[\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]+)+) (?:and|&) (\p{Lu}[\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]+)+)$/u;

/** Returns the names in order. Drops empty names and fragments of affiliations, and splits lists in one string. */
export function cleanAuthorNames(names: readonly (string | null | undefined)[]): string[] {
  if (names.every(isPlain)) return names.slice();
  return dropAffiliations(joinCutEntities(names.flatMap((name) => name ?? [])))
    .flatMap((name) => splitNames(cleanName(name)))
    .filter((name) => /[\p{L}\p{N}]/u.test(name) && !/\S@\S+\.\w/.test(name));
}

/** Fast path: ASCII or accented letters with single spaces need no cleaning. */
function isPlain(name: string | null | undefined): name is string {
  return (
    typeof name === 'string' &&
    name.length <= 60 &&
    /^[A-Z][a-z]*(?:[ '.-]{1,2}[A-Z][a-z]*)*\.?$/.test(name) &&
    !name.includes('  ')
  );
}

function cleanName(name: string): string {
  const letters = decodeTexAccents(cleanText(name))
    .replace(/~/g, ' ')
    .replace(/"(\p{L}+)"(?=\p{L})/gu, '"$1" ');
  return cleanText(letters)
    .replace(marks, '')
    .replace(/^and (?=\p{Lu})/u, '');
}

/** Joins `A &quot`, `B&quot`, `C`: a name that was split at the semicolons of its character references. */
function joinCutEntities(names: readonly string[]): string[] {
  const joined: string[] = [];
  for (const name of names) {
    const last = joined.at(-1);
    if (last !== undefined && /&(?:[a-z]+|#\d+)$/i.test(last.slice(-referenceCharsMax)))
      joined[joined.length - 1] = `${last};${name}`;
    else joined.push(name);
  }
  return joined;
}

/** Reduces `X ( Institute of A`, `City B`, `Country)` to X: the list was split at every comma. */
function dropAffiliations(names: readonly string[]): string[] {
  const kept: string[] = [];
  const closes = names.flatMap((name, i) => (name.includes(')') ? i : []));
  let next = 0;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    const open = name.lastIndexOf('(');
    if (open <= 0 || name.indexOf(')', open) > open) {
      kept.push(name);
      continue;
    }
    kept.push(name.slice(0, open));
    while ((closes[next] ?? names.length) <= i) next++;
    i = closes[next] ?? i;
  }
  return kept;
}

function splitNames(name: string): string[] {
  const two = name.length <= 2 * nameCharsMax ? twoNames.exec(name) : null;
  if (two && !group.test(name)) return [two[1] ?? '', two[2] ?? ''];
  if (name.length <= lumpChars) return [name];
  const parts = splitLump(name);
  return (parts.length >= 3 ? parts : [name]).map(cutName);
}

/** Splits a list at commas, semicolons and `and`, including an `and` without its space (`Fan Wangand Suejin Han`). */
function splitLump(lump: string): string[] {
  const parts = lump.split(/\s*[,;]\s*(?:and\s+)?|\s+and\s+/);
  return (parts.length >= 3 ? parts : lump.split(/and (?=\p{Lu})/u))
    .map((part) => part.replace(marks, ''))
    .filter((part) => part !== '');
}

function cutName(name: string): string {
  return name.length <= nameCharsMax ? name : `${name.slice(0, nameCharsMax - 1).replace(/\s+\S*$/, '')}…`;
}
