/** What a document is found by: its terms with fields and positions, its surface words, and its exact facts. */
import type { SearchDocument } from '#core/ports';
import { tokenize, wordsOf } from '#core/terms';
import { decodeTexAccents } from '#core/tex';
import { countOne, type IndexedField } from './field-counts.ts';
import { authorKey, keyKinds } from './vocabulary.ts';

export type TermUse = { fields: number; readonly positions: number[] };

export type Analysis = {
  readonly uses: ReadonlyMap<string, TermUse>;
  /** Tokens of title and abstract. */
  readonly length: number;
  readonly abstractAt: number;
  readonly authorsAt: number;
  readonly tagsAt: number;
};

const ascii = /^[a-z0-9]+$/i;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Terms and surface words of a text in one pass; the words are those of `prefixWordsOf`, which says what a prefix means. */
function* tokensOf(text: string): Generator<{ readonly stem: string; readonly words: readonly string[] }> {
  const decoded = decodeTexAccents(text);
  for (const { term, start, end } of tokenize(decoded)) {
    const raw = decoded.slice(start, end);
    yield { stem: term, words: ascii.test(raw) ? [raw.toLowerCase()] : cjk.test(raw) ? [term] : wordsOf(raw) };
  }
}

/** Every name a category is found by: `cs.cl` is in `cs` too. */
function categoryKeys(slug: string): string[] {
  const parts = slug.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}

export function analyze(document: SearchDocument): Analysis {
  const uses = new Map<string, TermUse>();
  let position = 0;
  const use = (key: string, field: IndexedField | null, at: number | null) => {
    let found = uses.get(key);
    if (!found) {
      found = { fields: 0, positions: [] };
      uses.set(key, found);
    }
    if (field) found.fields = countOne(found.fields, field);
    if (at !== null) found.positions.push(at);
  };
  // A gap after each text keeps phrases from reaching over its end.
  const addText = (text: string, field: IndexedField, stem: string = keyKinds.stem, word: string = keyKinds.word) => {
    for (const token of tokensOf(text)) {
      use(stem + token.stem, field, position++);
      for (const surface of token.words) use(word + surface, field, null);
    }
    position++;
  };
  addText(document.title, 'title');
  const abstractAt = position;
  addText(document.abstract, 'abstract');
  const authorsAt = position;
  for (const author of document.authors) addText(author, 'author');
  const tagsAt = position;
  for (const tag of document.tags) addText(tag.label, 'tag');
  if (document.organization) addText(document.organization, 'abstract', keyKinds.organizationStem, keyKinds.organizationWord);
  for (const key of factKeys(document)) use(key, null, null);
  return { uses, length: authorsAt - 2, abstractAt, authorsAt, tagsAt };
}

function factKeys(document: SearchDocument): string[] {
  const keys = [keyKinds.id + document.id, ...document.aliases.map((alias) => keyKinds.id + alias)];
  for (const name of document.authors) keys.push(authorKey(name) + name);
  for (const tag of document.tags) {
    keys.push(keyKinds.tag + tag.slug);
    if (tag.kind === 'category') for (const name of categoryKeys(tag.slug)) keys.push(keyKinds.category + name);
  }
  return keys;
}
