/** SQLite's FTS5 over the bench's papers: what the index is compared with. */
import Sqlite, { type Database } from 'better-sqlite3';
import { type Texts, textsAt } from './search-papers.ts';

export function fillFts5(papers: readonly Texts[], size: number): Database {
  const start = performance.now();
  const database = new Sqlite(':memory:');
  database.exec(
    `CREATE VIRTUAL TABLE paper USING fts5(title, abstract, content = '', tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3')`,
  );
  const insert = database.prepare('INSERT INTO paper (rowid, title, abstract) VALUES (?, ?, ?)');
  database.transaction(() => {
    for (let i = 0; i < size; i++) {
      const { title, abstract } = textsAt(papers, i);
      insert.run(i, title, abstract);
    }
  })();
  console.log(`- FTS5 filled in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return database;
}

/** Page and total, as ours; FTS5 counts no facets. */
export function askFts5(database: Database, match: string): void {
  database.prepare('SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper, 3, 1) LIMIT 30').all(match);
  database.prepare('SELECT count(*) FROM paper WHERE paper MATCH ?').all(match);
}
