/** What a document is found by: its terms with fields and positions, its surface words, and its exact facts. */
import type { SearchDocument } from '#core/ports';
import { tokenize } from '#core/terms';
import { decodeTexAccents } from '#core/tex';
import { countOne, type IndexedField } from './field-counts.ts';
import type { KeyNumbers } from './key-numbers.ts';
import { authorName, keyKinds } from './vocabulary.ts';

export type KeyUse = { fields: number; readonly positions: number[] };

export type Analysis = {
  /** By the number of the key. */
  readonly uses: ReadonlyMap<number, KeyUse>;
  /** Tokens of title and abstract. */
  readonly length: number;
  readonly abstractAt: number;
  readonly authorsAt: number;
  readonly tagsAt: number;
};

export function analyze(document: SearchDocument, keys: KeyNumbers): Analysis {
  const uses = new Map<number, KeyUse>();
  let position = 0;
  const use = (key: number, field: IndexedField | null): KeyUse => {
    let found = uses.get(key);
    if (!found) {
      found = { fields: 0, positions: [] };
      uses.set(key, found);
    }
    if (field) found.fields = countOne(found.fields, field);
    return found;
  };
  // A gap after each text keeps phrases from reaching over its end.
  const addText = (text: string, field: IndexedField, where: 'text' | 'organization' = 'text') => {
    const decoded = decodeTexAccents(text);
    for (const { term, start, end } of tokenize(decoded)) {
      const token = keys.ofToken(where, decoded.slice(start, end), term);
      use(token.stem, field).positions.push(position++);
      for (const word of token.words) use(word, field);
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
  // It has keys of its own, so it does not matter which field counts for it.
  if (document.organization) addText(document.organization, 'abstract', 'organization');
  for (const key of factKeys(document, keys)) use(key, null);
  return { uses, length: authorsAt - 2, abstractAt, authorsAt, tagsAt };
}

function factKeys({ id, aliases, authors, tags }: SearchDocument, keys: KeyNumbers): number[] {
  const categories = tags.filter((tag) => tag.kind === 'category').flatMap((tag) => withArchives(tag.slug));
  return [
    ...[id, ...aliases].map((each) => keys.of(keyKinds.id, each)),
    ...authors.map((name) => keys.of(keyKinds.authorName, authorName(name) + name)),
    ...tags.map((tag) => keys.of(keyKinds.tag, tag.slug)),
    ...categories.map((name) => keys.of(keyKinds.category, name)),
  ];
}

/** Every name a category is found by: `cs.cl` is in `cs` too. */
function withArchives(slug: string): string[] {
  const parts = slug.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}
