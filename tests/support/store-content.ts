/** Dumps a store without keys and times of its runs, to compare stores that were filled in different ways. */
import type { Database } from 'better-sqlite3';

export function storeContent(database: Database): string[] {
  const papers = database.prepare<[], Record<string, unknown>>('SELECT * FROM Paper ORDER BY id').all();
  const days = database
    .prepare<[], Record<string, unknown>>('SELECT source, day, items, reason FROM SourceDay ORDER BY source, day')
    .all();
  const listed = database
    .prepare<[], Record<string, unknown>>(
      'SELECT Paper.id, day, source, position FROM Listing JOIN Paper ON Paper.key = paperKey ORDER BY day, source, position, Paper.id',
    )
    .all();
  const tags = database.prepare<[], object>('SELECT slug, kind, label, count FROM Tag ORDER BY slug').all();
  const authors = database.prepare<[], object>('SELECT folded, name, count FROM Author ORDER BY folded').all();
  const counts = ['Record', 'Listing', 'PaperTag', 'PaperAuthor', 'Alias'].map((table) => ({
    table,
    rows: database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  }));
  return [...papers.map(withoutRun), ...days, ...listed, ...tags, ...authors, ...counts].map((row) =>
    JSON.stringify(row),
  );
}

/** Keys, revisions and times of fetching depend on the run, and so does the content hash. */
function withoutRun({ key: _, revision: __, contentHash: ___, provenance, ...paper }: Record<string, unknown>) {
  return { ...paper, provenance: String(provenance).replaceAll(/"fetchedAt":"[^"]*"/g, '"fetchedAt":""') };
}
