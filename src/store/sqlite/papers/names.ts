/** Describes the two kinds of names: tags and authors. */
import { type Tag, tagKinds } from '#core/paper.ts';
import { foldText } from '#core/text/terms.ts';
import type { NameShape } from './name-table.ts';
import type { Spelling } from './spellings.ts';

/** Identifies tags by slug. A topic's label takes precedence over a category's, and a category's over a keyword's. */
export const tagNames: NameShape = {
  table: 'Tag',
  id: 'slug',
  columns: ['kind', 'label'],
  valuesOf: (spelling) => [kindOf(spelling), spelling.slice(kindOf(spelling).length + 1)],
  link: 'PaperTag',
  linkColumn: 'tagKey',
  carried: 'tags',
  namesOf(tags) {
    const names = new Map<string, Spelling>();
    for (const { slug, kind, label } of tags as readonly Tag[]) {
      const known = names.get(slug);
      const spelling = `${kind}:${label}`;
      if (known === undefined || rankOf(spelling) < rankOf(known)) names.set(slug, spelling);
    }
    return names;
  },
  rankOf,
};

/** Identifies authors by name with case and accents folded. */
export const authorNames: NameShape = {
  table: 'Author',
  id: 'folded',
  columns: ['name'],
  valuesOf: (spelling) => [spelling],
  link: 'PaperAuthor',
  linkColumn: 'authorKey',
  carried: 'authors',
  namesOf(authors) {
    const names = new Map<string, Spelling>();
    for (const name of authors as readonly string[]) {
      const folded = foldText(name);
      if (!names.has(folded)) names.set(folded, name);
    }
    return names;
  },
  rankOf: () => 0,
};

const kindOf = (spelling: Spelling): string => spelling.slice(0, spelling.indexOf(':'));

/** Returns the position in `tagKinds`. Unknown kinds come last. */
function rankOf(spelling: Spelling): number {
  return (tagKinds as readonly string[]).indexOf(kindOf(spelling)) >>> 0;
}
