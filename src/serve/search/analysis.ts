/** What a document is found by: its terms with fields and positions, its surface words, and its exact facts. */
import type { SearchDocument } from '#core/ports';
import { tokenize } from '#core/terms';
import { decodeTexAccents } from '#core/tex';
import type { IndexedField } from './field-counts.ts';
import type { KeyNumbers } from './key-numbers.ts';
import type { KeyUses } from './key-uses.ts';
import { authorName, keyKinds } from './vocabulary.ts';

/** Where the fields of a document lie; what it is found by is in the `KeyUses`. */
export type Analysis = {
  /** Tokens of title and abstract. */
  readonly length: number;
  readonly abstractAt: number;
  readonly authorsAt: number;
  readonly tagsAt: number;
};

/** Fills `uses` anew. */
export function analyze(document: SearchDocument, keys: KeyNumbers, uses: KeyUses): Analysis {
  let position = 0;
  uses.clear();
  // A gap after each text keeps phrases from reaching over its end.
  const addText = (text: string, field: IndexedField, where: 'text' | 'organization' = 'text') => {
    const decoded = decodeTexAccents(text);
    for (const { term, start, end } of tokenize(decoded)) {
      const token = keys.ofToken(where, decoded.slice(start, end), term);
      uses.add(token.stem, field, position++);
      for (const word of token.words) uses.add(word, field);
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
  for (const key of factKeys(document, keys)) uses.add(key, null);
  return { length: authorsAt - 2, abstractAt, authorsAt, tagsAt };
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
