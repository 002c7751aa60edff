/** Writes what ingest resolved: records, papers, their rows and the full-text index, all in one transaction. */
import type { Database } from 'better-sqlite3';
import type { FoundRecord, RecordWriter, ResolvedPaper, SaveOutcome } from '#core/ports/ingest.ts';
import type { PaperKey } from '#core/ports/papers.ts';
import type { MergedPaper } from '#core/record.ts';
import { createPaperWriter } from './paper-writer.ts';
import { loadPage, loadTouchedRecords, type StoredRecordRow, toPayload } from './stored-records.ts';
import { createStrayDates } from './stray-dates.ts';

const isoNow = () => new Date().toISOString();

/** `database` must be the process's one writable connection; `check` throws when this process may no longer write. */
export function createRecordWriter(
  database: Database,
  check: () => void = () => {},
  now: () => string = isoNow,
): RecordWriter {
  const papers = createPaperWriter(database);
  const saveRecord = createRecordSaver(database);

  function write(
    resolved: readonly ResolvedPaper[],
    kept: ReadonlyMap<string, StoredRecordRow>,
  ): Map<string, SaveOutcome> {
    const outcomes = new Map<string, SaveOutcome>();
    const owners = assignKeys(resolved, kept, papers.idOf);
    const spare = new Set([...kept.values()].map((row) => row.paperKey));
    for (const keys of owners.values()) spare.delete(keys);
    papers.prepare(resolved.map((one) => one.paper));
    const settled = resolved.map((one) => ({ one, ...papers.save(one.paper, owners.get(one) ?? null) }));
    for (const { one, key, outcome } of settled)
      for (const [i, found] of one.records.entries()) {
        saveRecord(found, one.paper, key, kept.get(found.identity));
        // Of several records of one new paper the first adds it.
        outcomes.set(found.identity, outcome === 'added' && i > 0 ? 'updated' : outcome);
      }
    for (const key of spare) papers.remove(key);
    papers.finish();
    return outcomes;
  }

  const transaction = database.transaction(
    (incoming: readonly FoundRecord[], resolve: Parameters<RecordWriter['saveRecords']>[1]) => {
      check();
      const kept = loadTouchedRecords(database, incoming);
      const resolved = resolve([...kept.values()], now());
      return resolved === null ? new Map<string, SaveOutcome>() : write(resolved, kept);
    },
  );

  const keysAfter = database
    .prepare<[PaperKey, number], PaperKey>('SELECT key FROM Paper WHERE key > ? ORDER BY key LIMIT ?')
    .pluck();
  const readVersion = database.prepare<[], string>('SELECT topicsVersion FROM Store').pluck();
  const writeVersion = database.prepare<[string]>('UPDATE Store SET topicsVersion = ?');

  return {
    now,
    ...createStrayDates(database, check),
    keptAfter: (key, limit) => loadPage(database, keysAfter.all(key, limit), key),
    topicsVersion: () => readVersion.get() ?? '',
    setTopicsVersion(version) {
      writeVersion.run(version);
    },
    saveRecords(incoming, resolve) {
      try {
        return transaction.immediate(incoming, resolve);
      } catch (error) {
        papers.forget();
        throw error;
      }
    },
  };
}

/** Returns a function that writes a record of a paper, unless the stored row already says the same. */
function createRecordSaver(database: Database) {
  const insertRecord = database.prepare<[PaperKey, string, string, string | null, string]>(
    'INSERT INTO Record (paperKey, identity, titleKey, givenId, payload) VALUES (?, ?, ?, ?, ?)',
  );
  const updateRecord = database.prepare<[PaperKey, string, string | null, string, number]>(
    'UPDATE Record SET paperKey = ?, titleKey = ?, givenId = ?, payload = ? WHERE key = ?',
  );
  const insertOtherId = database.prepare<[number, string]>(
    'INSERT OR IGNORE INTO RecordOtherId (recordKey, id) VALUES (?, ?)',
  );

  return (found: FoundRecord, paper: MergedPaper, paperKey: PaperKey, stored: StoredRecordRow | undefined): void => {
    const payload = toPayload(found.record, paper);
    if (stored && stored.paperKey === paperKey && stored.payload === payload) return;
    if (stored) updateRecord.run(paperKey, found.titleKey, found.givenId, payload, stored.key);
    const recordKey =
      stored?.key ??
      Number(insertRecord.run(paperKey, found.identity, found.titleKey, found.givenId, payload).lastInsertRowid);
    for (const id of found.record.otherIds) insertOtherId.run(recordKey, id);
  };
}

/**
 * Which existing row each paper goes on in. A row whose id the paper bears, or whose records it has; where records of one row
 * went to several papers (a title became ambiguous) the row stays with the paper of its id, else with the first.
 */
function assignKeys(
  resolved: readonly ResolvedPaper[],
  kept: ReadonlyMap<string, StoredRecordRow>,
  idOf: (key: PaperKey) => string | null,
): Map<ResolvedPaper, PaperKey> {
  const claims = new Map<PaperKey, ResolvedPaper>();
  for (const one of resolved)
    for (const { identity } of one.records) {
      const key = kept.get(identity)?.paperKey;
      if (key === undefined) continue;
      if (!claims.has(key) || (one.paper.id !== null && idOf(key) === one.paper.id)) claims.set(key, one);
    }
  const owners = new Map<ResolvedPaper, PaperKey>();
  for (const [key, one] of [...claims].sort(([a], [b]) => a - b)) {
    // The row that bears the paper's id goes first: ids are unique at every moment.
    if (!owners.has(one) || idOf(key) === one.paper.id) owners.set(one, key);
  }
  return owners;
}
