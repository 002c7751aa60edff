/** Tags and authors: each name once, with the number of papers that carry it. */
import type { Database } from 'better-sqlite3';
import type { PaperKey } from '#core/ports';
import type { MergedPaper } from '#core/record';
import { foldText } from '#core/terms';

const keysMax = 500_000;

export function createNameTables(database: Database) {
  const addTag = database.prepare<[string, string, string], { key: number }>(
    // A topic's own label beats a keyword's spelling of it.
    `INSERT INTO Tag (slug, kind, label) VALUES (?, ?, ?) ON CONFLICT (slug) DO UPDATE SET
       label = CASE WHEN excluded.kind = 'topic' OR (excluded.kind = 'category' AND kind = 'keyword') THEN excluded.label ELSE label END,
       kind = CASE WHEN excluded.kind = 'topic' OR (excluded.kind = 'category' AND kind = 'keyword') THEN excluded.kind ELSE kind END RETURNING key`,
  );
  const findAuthor = database.prepare<[string], { key: number }>('SELECT key FROM Author WHERE folded = ?');
  const addAuthor = database.prepare<[string, string], { key: number }>('INSERT INTO Author (name, folded) VALUES (?, ?) RETURNING key');
  const addPaperTag = database.prepare('INSERT OR IGNORE INTO PaperTag (paperKey, tagKey) VALUES (?, ?)');
  const addPaperAuthor = database.prepare('INSERT OR IGNORE INTO PaperAuthor (paperKey, authorKey) VALUES (?, ?)');
  const tagsOf = database.prepare<[PaperKey], { key: number }>('DELETE FROM PaperTag WHERE paperKey = ? RETURNING tagKey AS key');
  const authorsOf = database.prepare<[PaperKey], { key: number }>('DELETE FROM PaperAuthor WHERE paperKey = ? RETURNING authorKey AS key');
  const countTag = database.prepare('UPDATE Tag SET count = count + ? WHERE key = ?');
  const countAuthor = database.prepare('UPDATE Author SET count = count + ? WHERE key = ?');

  const keys = new Map<string, number>();
  const tagCounts = new Map<number, number>();
  const authorCounts = new Map<number, number>();
  const bump = (counts: Map<number, number>, key: number, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);

  function keyOf(name: string, insert: () => { key: number } | undefined): number {
    let key = keys.get(name);
    if (key === undefined) {
      key = insert()?.key ?? 0;
      if (keys.size >= keysMax) keys.clear();
      keys.set(name, key);
    }
    return key;
  }

  return {
    add(paperKey: PaperKey, paper: MergedPaper): void {
      for (const { slug, kind, label } of paper.tags) {
        const key = keyOf(`${kind} ${slug}`, () => addTag.get(slug, kind, label));
        if (addPaperTag.run(paperKey, key).changes > 0) bump(tagCounts, key, 1);
      }
      for (const name of paper.authors) {
        const folded = foldText(name);
        const key = keyOf(`@${folded}`, () => findAuthor.get(folded) ?? addAuthor.get(name, folded));
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
      keys.clear();
      tagCounts.clear();
      authorCounts.clear();
    },
  };
}
