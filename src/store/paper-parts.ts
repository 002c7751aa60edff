/** What hangs on a paper's row: listings, aliases, tags, authors, and its texts in the full-text index. */
import type { Database } from 'better-sqlite3';
import type { PaperKey } from '#core/ports';
import type { MergedPaper } from '#core/record';
import { toIndexedText } from '#core/terms';
import { createNameTable } from './name-table.ts';
import { authorNames, tagNames } from './names.ts';

export function createPaperParts(database: Database) {
  const names = [tagNames, authorNames].map((shape) => createNameTable(database, shape));
  const addListing = database.prepare('INSERT OR REPLACE INTO Listing (paperKey, source, day, position) VALUES (?, ?, ?, ?)');
  const addAlias = database.prepare('INSERT INTO Alias (alias, paperKey) VALUES (?, ?)');
  const addTexts = database.prepare(
    'INSERT INTO paper_fts (rowid, title, abstract, authors, tags, organization) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const dropTexts = database.prepare('DELETE FROM paper_fts WHERE rowid = ?');
  const dropRows = ['Listing', 'Alias'].map((table) => database.prepare(`DELETE FROM ${table} WHERE paperKey = ?`));
  return {
    prepare(papers: readonly MergedPaper[]): void {
      for (const table of names) table.prepare(papers);
    },
    add(paper: MergedPaper, key: PaperKey, aliases: readonly string[]): void {
      for (const { source, day, position } of paper.listings) addListing.run(key, source, day, position);
      for (const alias of aliases) addAlias.run(alias, key);
      for (const table of names) table.add(key, paper);
      const labels = paper.tags.map((tag) => tag.label);
      const texts = [paper.title, paper.abstract, fieldsOf(paper.authors), fieldsOf(labels), paper.organization ?? ''].map(toIndexedText);
      addTexts.run(key, ...texts);
    },
    clear(key: PaperKey): void {
      for (const table of names) table.clear(key);
      dropTexts.run(key);
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

/** Values of one column with a word between them that no phrase has. */
const fieldsOf = (values: readonly string[]): string => values.join(` ${gapWord} `);
const gapWord = 'qzgapzq';
