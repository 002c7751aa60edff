/** Tags and authors: each name once, with the number of papers that carry it. */
import type { Database } from 'better-sqlite3';
import type { PaperKey } from '#core/ports';
import type { MergedPaper } from '#core/record';
import { foldText } from '#core/terms';

const keysMax = 1_000_000;

export function createNameTables(database: Database) {
  const addTag = database.prepare<[string, string, string], { key: number }>(
    // A topic's own label beats a keyword's spelling of it.
    `INSERT INTO Tag (slug, kind, label) VALUES (?, ?, ?) ON CONFLICT (slug) DO UPDATE SET
       label = CASE WHEN excluded.kind = 'topic' OR (excluded.kind = 'category' AND kind = 'keyword') THEN excluded.label ELSE label END,
       kind = CASE WHEN excluded.kind = 'topic' OR (excluded.kind = 'category' AND kind = 'keyword') THEN excluded.kind ELSE kind END RETURNING key`,
  );
  const findAuthors = database.prepare<[string], { key: number; folded: string }>('SELECT key, folded FROM Author WHERE folded IN (SELECT value FROM json_each(?))');
  const addAuthor = database.prepare<[string, string]>('INSERT INTO Author (name, folded) VALUES (?, ?)');
  const addPaperTag = database.prepare('INSERT OR IGNORE INTO PaperTag (paperKey, tagKey) VALUES (?, ?)');
  const addPaperAuthor = database.prepare('INSERT OR IGNORE INTO PaperAuthor (paperKey, authorKey) VALUES (?, ?)');
  const tagsOf = database.prepare<[PaperKey], { key: number }>('DELETE FROM PaperTag WHERE paperKey = ? RETURNING tagKey AS key');
  const authorsOf = database.prepare<[PaperKey], { key: number }>('DELETE FROM PaperAuthor WHERE paperKey = ? RETURNING authorKey AS key');
  const countTag = database.prepare('UPDATE Tag SET count = count + ? WHERE key = ?');
  const countAuthor = database.prepare('UPDATE Author SET count = count + ? WHERE key = ?');

  const tagKeys = new Map<string, number>();
  const authorKeys = new Map<string, number>();
  const tagCounts = new Map<number, number>();
  const authorCounts = new Map<number, number>();
  const bump = (counts: Map<number, number>, key: number, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);

  function tagKey(kind: string, slug: string, label: string): number {
    const name = `${kind} ${slug}`;
    const key = tagKeys.get(name) ?? addTag.get(slug, kind, label)?.key ?? 0;
    tagKeys.set(name, key);
    return key;
  }

  return {
    /** Finds or makes the authors of a batch in one go, before `add` is called for its papers. */
    prepare(papers: readonly MergedPaper[]): void {
      if (authorKeys.size + tagKeys.size > keysMax) forgetKeys();
      const unknown = new Map<string, string>();
      for (const paper of papers)
        for (const name of paper.authors) {
          const folded = foldText(name);
          if (!authorKeys.has(folded) && !unknown.has(folded)) unknown.set(folded, name);
        }
      for (const { key, folded } of findAuthors.all(JSON.stringify([...unknown.keys()]))) {
        authorKeys.set(folded, key);
        unknown.delete(folded);
      }
      for (const [folded, name] of unknown) authorKeys.set(folded, Number(addAuthor.run(name, folded).lastInsertRowid));
    },
    add(paperKey: PaperKey, paper: MergedPaper): void {
      for (const { slug, kind, label } of paper.tags) {
        const key = tagKey(kind, slug, label);
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
    tagKeys.clear();
    authorKeys.clear();
  }
}
