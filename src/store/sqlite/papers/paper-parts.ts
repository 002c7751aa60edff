/** Writes the rows that belong to a paper: listings, aliases, tags and authors. */
import type { Database } from 'better-sqlite3';
import type { PaperKey } from '#core/ports/papers.ts';
import type { MergedPaper } from '#core/record.ts';
import { createNameTable } from './name-table.ts';
import { authorNames, tagNames } from './names.ts';

export function createPaperParts(database: Database) {
  const names = [tagNames, authorNames].map((shape) => createNameTable(database, shape));
  const addListing = database.prepare(
    'INSERT OR REPLACE INTO Listing (paperKey, source, day, position) VALUES (?, ?, ?, ?)',
  );
  const addAlias = database.prepare('INSERT INTO Alias (alias, paperKey) VALUES (?, ?)');
  const dropRows = ['Listing', 'Alias'].map((table) => database.prepare(`DELETE FROM ${table} WHERE paperKey = ?`));
  return {
    prepare(papers: readonly MergedPaper[]): void {
      for (const table of names) table.prepare(papers);
    },
    add(paper: MergedPaper, key: PaperKey, aliases: readonly string[]): void {
      for (const { source, day, position } of paper.listings) addListing.run(key, source, day, position);
      for (const alias of aliases) addAlias.run(alias, key);
      for (const table of names) table.add(key, paper);
    },
    clear(key: PaperKey): void {
      for (const table of names) table.clear(key);
      for (const drop of dropRows) drop.run(key);
    },
    finish(): void {
      for (const table of names) table.finish();
    },
    forget(): void {
      for (const table of names) table.forget();
    },
  };
}
