/** The store as the search index reads it: synchronous, on the search worker's own read-only connection. */
import type { Database } from 'better-sqlite3';
import type { PaperKey, SearchDocument, SearchDocuments } from '#core/ports';
import { phraseExpression } from './condition-sql.ts';
import { fromPaperRow, type StoredPaperRow } from './paper-rows.ts';

const batch = 1_000;

export function createSearchDocuments(database: Database): SearchDocuments {
  const store = database.prepare<[], { storeId: string; revision: number }>('SELECT storeId, revision FROM Store');
  const every = database.prepare<[number, number, number], StoredPaperRow>(
    'SELECT * FROM Paper WHERE key > ? AND revision > ? ORDER BY key LIMIT ?',
  );
  const changed = database.prepare<[number, number, number], StoredPaperRow>(
    'SELECT * FROM Paper INDEXED BY Paper_revision_idx WHERE key > ? AND revision > ? ORDER BY key LIMIT ?',
  );
  const removed = database.prepare<[number], { key: PaperKey }>('SELECT key FROM RemovedPaper WHERE revision > ?');
  const texts = database.prepare<[string], StoredPaperRow>('SELECT * FROM Paper WHERE key IN (SELECT value FROM json_each(?))');
  const phrase = database.prepare<[string, number], { rowid: PaperKey }>('SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? LIMIT ?');
  const count = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM Paper');
  return {
    storeId: store.get()?.storeId ?? '',
    revision: () => store.get()?.revision ?? 0,
    count: () => count.get()?.n ?? 0,
    *changedSince(since) {
      const rowsAfter = since === 0 ? every : changed;
      for (let last = 0; ; ) {
        const rows = rowsAfter.all(last, since, batch);
        for (const row of rows) yield toSearchDocument(row);
        if (rows.length < batch) return;
        last = rows.at(-1)?.key ?? last;
      }
    },
    removedSince: (since) => removed.all(since).map((row) => row.key),
    textsOf(keys) {
      const rows = texts.all(JSON.stringify(keys));
      return new Map(rows.map((row) => [row.key, { ...toSearchDocument(row), tags: fromPaperRow(row).tags.map((tag) => tag.label) }]));
    },
    keysWithPhrase: (field, text, limit) => phrase.all(phraseExpression(field, text), limit).map((row) => row.rowid),
  };
}

function toSearchDocument(row: StoredPaperRow): SearchDocument {
  const { key, ...paper } = { key: row.key, ...fromPaperRow(row) };
  return {
    key,
    id: paper.id,
    title: paper.title,
    abstract: paper.abstract,
    authors: paper.authors,
    authorCount: paper.authorCount,
    organization: paper.organization,
    publishedOn: paper.publishedOn,
    listings: paper.listings,
    upvotes: paper.upvotes,
    commentCount: paper.commentCount,
    // A damaged tag must not end the search thread, which would read it again after each restart.
    tags: paper.tags.filter(({ slug, label }) => typeof slug === 'string' && typeof label === 'string'),
    hasCode: paper.links.some((link) => link.kind === 'code'),
    aliases: paper.aliases,
    hasProject: paper.links.some((link) => link.kind === 'project'),
  };
}
