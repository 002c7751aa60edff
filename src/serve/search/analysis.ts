/** What a document is found by: its terms with fields and positions, its surface words, and its exact facts. */
import type { SearchDocument } from '#core/ports';
import { foldText, termsOf, wordsOf } from '#core/terms';
import { countOne, type IndexedField } from './field-counts.ts';
import { keyKinds } from './vocabulary.ts';

export type TermUse = { fields: number; readonly positions: number[] };

export type Analysis = {
  readonly uses: ReadonlyMap<string, TermUse>;
  /** Tokens of title and abstract. */
  readonly length: number;
  readonly abstractAt: number;
  readonly authorsAt: number;
  readonly tagsAt: number;
};

/** Every name a category is found by: `cs.CL` is in `cs` too. */
export function categoryKeys(name: string): string[] {
  const lower = name.toLowerCase();
  const dot = lower.indexOf('.');
  return dot < 0 ? [lower] : [lower, lower.slice(0, dot)];
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
    for (const term of termsOf(text)) use(stem + term, field, position++);
    for (const surface of wordsOf(text)) use(word + surface, field, null);
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
  for (const name of document.authors) keys.push(keyKinds.authorName + foldText(name));
  for (const tag of document.tags) {
    keys.push(keyKinds.tag + tag.slug);
    if (tag.kind === 'category') for (const name of categoryKeys(tag.slug)) keys.push(keyKinds.category + name);
  }
  return keys;
}
