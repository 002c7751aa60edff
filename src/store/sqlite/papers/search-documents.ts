/** Reads documents for the search index, synchronously, on the search worker's read-only connection. */
import type { Database } from 'better-sqlite3';
import type { PaperKey, SearchDocument, SearchDocuments } from '#core/ports/papers.ts';
import { fromPaperRow, type StoredPaperRow } from './paper-rows.ts';

/** Papers per batch: a few milliseconds of work. */
const batch = 200;

export function createSearchDocuments(database: Database): SearchDocuments {
  const store = database.prepare<[], { storeId: string; revision: number }>('SELECT storeId, revision FROM Store');
  const latestFirst = database
    .prepare<[], PaperKey>('SELECT key FROM Paper ORDER BY publishedFrom DESC, key DESC')
    .pluck();
  // CROSS JOIN makes SQLite scan the left table first, so documents come in the order of the keys.
  const ofKeys = database.prepare<[string], StoredPaperRow>(
    'SELECT Paper.* FROM json_each(?) AS wanted CROSS JOIN Paper ON Paper.key = wanted.value',
  );
  const changed = database.prepare<[number], PaperKey>('SELECT key FROM Paper WHERE revision > ? ORDER BY key').pluck();
  const removed = database.prepare<[number], { key: PaperKey }>('SELECT key FROM RemovedPaper WHERE revision > ?');
  const count = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM Paper');
  return {
    storeId: store.get()?.storeId ?? '',
    revision: () => store.get()?.revision ?? 0,
    count: () => count.get()?.n ?? 0,
    *changedSince(since) {
      // Read all keys first. Otherwise a paper whose day changes meanwhile could be returned twice.
      const keys = since === 0 ? latestFirst.all() : changed.all(since);
      for (let at = 0; at < keys.length; at += batch)
        for (const row of ofKeys.all(JSON.stringify(keys.slice(at, at + batch)))) yield toSearchDocument(row);
    },
    removedSince: (since) => removed.all(since).map((row) => row.key),
    textsOf(keys) {
      const rows = ofKeys.all(JSON.stringify(keys));
      return new Map(
        rows.map((row) => [
          row.key,
          { ...toSearchDocument(row), tags: fromPaperRow(row).tags.map((tag) => tag.label) },
        ]),
      );
    },
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
    // A damaged tag must not crash the search thread: it would read the tag again after each restart.
    tags: paper.tags.filter(({ slug, label }) => typeof slug === 'string' && typeof label === 'string'),
    hasCode: paper.links.some((link) => link.kind === 'code'),
    aliases: paper.aliases,
    hasProject: paper.links.some((link) => link.kind === 'project'),
  };
}
