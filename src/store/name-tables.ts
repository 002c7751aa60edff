/** Tags and authors: each name once, with the number of papers that carry it. */
import type { Database } from 'better-sqlite3';
import { type Tag, tagKinds } from '#core/paper';
import type { PaperKey } from '#core/ports';
import type { MergedPaper } from '#core/record';
import { foldText } from '#core/terms';

const keysMax = 1_000_000;

/** Position in `tagKinds`, the strongest first; what is unknown comes last. */
const rankOf = (kind: string | undefined): number => (tagKinds as readonly (string | undefined)[]).indexOf(kind) >>> 0;

export function createNameTables(database: Database) {
  const findTags = database.prepare<[string], { key: number; slug: string; kind: string }>(
    'SELECT key, slug, kind FROM Tag WHERE slug IN (SELECT value FROM json_each(?))',
  );
  const addTag = database.prepare<[string, string, string]>('INSERT INTO Tag (slug, kind, label) VALUES (?, ?, ?)');
  const promoteTag = database.prepare<[string, string, number]>('UPDATE Tag SET kind = ?, label = ? WHERE key = ?');
  const findAuthors = database.prepare<[string], { key: number; folded: string }>(
    'SELECT key, folded FROM Author WHERE folded IN (SELECT value FROM json_each(?))',
  );
  const addAuthor = database.prepare<[string, string]>('INSERT INTO Author (name, folded) VALUES (?, ?)');
  const addPaperTag = database.prepare('INSERT OR IGNORE INTO PaperTag (paperKey, tagKey) VALUES (?, ?)');
  const addPaperAuthor = database.prepare('INSERT OR IGNORE INTO PaperAuthor (paperKey, authorKey) VALUES (?, ?)');
  const tagsOf = database.prepare<[PaperKey], { key: number }>('DELETE FROM PaperTag WHERE paperKey = ? RETURNING tagKey AS key');
  const authorsOf = database.prepare<[PaperKey], { key: number }>('DELETE FROM PaperAuthor WHERE paperKey = ? RETURNING authorKey AS key');
  const countTag = database.prepare('UPDATE Tag SET count = count + ? WHERE key = ?');
  const countAuthor = database.prepare('UPDATE Author SET count = count + ? WHERE key = ?');

  const known = new Map<string, { readonly key: number; readonly kind: string }>();
  const authorKeys = new Map<string, number>();
  const tagCounts = new Map<number, number>();
  const authorCounts = new Map<number, number>();
  const bump = (counts: Map<number, number>, key: number, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);

  /** Finds or makes the tags; a topic's own label beats a category's, and that a keyword's. */
  function prepareTags(tags: ReadonlyMap<string, Tag>): void {
    const unknown = [...tags.keys()].filter((slug) => !known.has(slug));
    for (const { slug, ...tag } of findTags.all(JSON.stringify(unknown))) known.set(slug, tag);
    for (const { slug, kind, label } of tags.values()) {
      const tag = known.get(slug);
      if (tag && rankOf(tag.kind) <= rankOf(kind)) continue;
      if (tag) promoteTag.run(kind, label, tag.key);
      known.set(slug, { kind, key: tag?.key ?? Number(addTag.run(slug, kind, label).lastInsertRowid) });
    }
  }

  function prepareAuthors(names: ReadonlyMap<string, string>): void {
    const unknown = [...names.keys()].filter((folded) => !authorKeys.has(folded));
    for (const { key, folded } of findAuthors.all(JSON.stringify(unknown))) authorKeys.set(folded, key);
    for (const folded of unknown)
      if (!authorKeys.has(folded)) authorKeys.set(folded, Number(addAuthor.run(names.get(folded) ?? folded, folded).lastInsertRowid));
  }

  return {
    /** Finds or makes the tags and authors of a batch in one go, before `add` is called for its papers. */
    prepare(papers: readonly MergedPaper[]): void {
      if (authorKeys.size + known.size > keysMax) forgetKeys();
      const tags = new Map<string, Tag>();
      const names = new Map<string, string>();
      for (const paper of papers) {
        for (const tag of paper.tags) if (rankOf(tags.get(tag.slug)?.kind) > rankOf(tag.kind)) tags.set(tag.slug, tag);
        for (const name of paper.authors) names.set(foldText(name), names.get(foldText(name)) ?? name);
      }
      prepareTags(tags);
      prepareAuthors(names);
    },
    add(paperKey: PaperKey, paper: MergedPaper): void {
      for (const { slug } of paper.tags) {
        const key = known.get(slug)?.key ?? 0;
        if (addPaperTag.run(paperKey, key).changes > 0) bump(tagCounts, key, 1);
      }
      for (const folded of new Set(paper.authors.map(foldText))) {
        const key = authorKeys.get(folded) ?? 0;
        if (addPaperAuthor.run(paperKey, key).changes > 0) bump(authorCounts, key, 1);
      }
    },
    clear(paperKey: PaperKey): void {
      for (const { key } of tagsOf.all(paperKey)) bump(tagCounts, key, -1);
      for (const { key } of authorsOf.all(paperKey)) bump(authorCounts, key, -1);
    },
    finish(): void {
      for (const [key, by] of tagCounts) if (by !== 0) countTag.run(by, key);
      for (const [key, by] of authorCounts) if (by !== 0) countAuthor.run(by, key);
      tagCounts.clear();
      authorCounts.clear();
    },
    /** After a rollback the remembered keys may not exist. */
    forget(): void {
      forgetKeys();
      tagCounts.clear();
      authorCounts.clear();
    },
  };

  function forgetKeys(): void {
    known.clear();
    authorKeys.clear();
  }
}
