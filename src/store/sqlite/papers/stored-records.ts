/**
 * Finds the stored records that incoming ones may merge with: same identity, title or id, and all records of those
 * papers.
 */
import type { Database } from 'better-sqlite3';
import type { FoundRecord, StoredRecordPage } from '#core/ports/ingest.ts';
import type { PaperKey } from '#core/ports/papers.ts';
import type { MergedPaper, StoredRecord } from '#core/record.ts';

export type StoredRecordRow = FoundRecord & {
  readonly key: number;
  readonly paperKey: PaperKey;
  readonly payload: string;
};

type Row = {
  key: number;
  paperKey: PaperKey;
  identity: string;
  titleKey: string;
  givenId: string | null;
  payload: string;
};
type RowWithPaper = Row & { title: string; abstract: string; authors: string };

const touched = `
  SELECT paperKey FROM Record WHERE identity IN (SELECT value FROM json_each(:identities))
  UNION SELECT paperKey FROM Record WHERE titleKey IN (SELECT value FROM json_each(:titleKeys))
  UNION SELECT paperKey FROM Record WHERE givenId IN (SELECT value FROM json_each(:ids))
  UNION SELECT paperKey FROM RecordOtherId JOIN Record ON Record.key = recordKey WHERE id IN (SELECT value FROM json_each(:ids))`;

/** Returns records by identity. Repeats until no new paper is found, usually once. */
export function loadTouchedRecords(database: Database, incoming: readonly FoundRecord[]): Map<string, StoredRecordRow> {
  const papersOf = database.prepare<[{ identities: string; titleKeys: string; ids: string }], { paperKey: PaperKey }>(
    touched,
  );
  const kept = new Map<string, StoredRecordRow>();
  const known = new Set<PaperKey>();
  for (let frontier: readonly FoundRecord[] = incoming; frontier.length > 0; ) {
    const reached = papersOf
      .all(searchKeys(frontier))
      .flatMap(({ paperKey }) => (known.has(paperKey) ? [] : [paperKey]));
    for (const key of reached) known.add(key);
    frontier = loadRecordsOf(database, reached);
    for (const row of frontier as StoredRecordRow[]) kept.set(row.identity, row);
  }
  return kept;
}

/** Returns the stored records of papers. */
function loadRecordsOf(database: Database, keys: readonly PaperKey[]): StoredRecordRow[] {
  if (keys.length === 0) return [];
  const recordsOf = database.prepare<[string], RowWithPaper>(
    'SELECT Record.*, title, abstract, authors FROM Record JOIN Paper ON Paper.key = paperKey WHERE paperKey IN (SELECT value FROM json_each(?))',
  );
  return recordsOf.all(JSON.stringify(keys)).map(toKeptRow);
}

/** Returns the stored records of the next papers after key `after`. */
export function loadPage(database: Database, keys: readonly PaperKey[], after: PaperKey): StoredRecordPage {
  return { records: loadRecordsOf(database, keys), last: keys.at(-1) ?? after };
}

function searchKeys(records: readonly FoundRecord[]) {
  const ids = records.flatMap((found) => [...found.record.otherIds, ...(found.givenId ? [found.givenId] : [])]);
  return {
    identities: JSON.stringify(records.map((found) => found.identity)),
    titleKeys: JSON.stringify([...new Set(records.map((found) => found.titleKey))]),
    ids: JSON.stringify([...new Set(ids)]),
  };
}

/** Returns the record as JSON without the texts that equal its paper's. Most papers have one record with long texts. */
export function toPayload(record: StoredRecord, paper: Pick<MergedPaper, 'title' | 'abstract' | 'authors'>): string {
  const { title, abstract, authors, ...rest } = record;
  const own = {
    ...(title === paper.title ? {} : { title }),
    ...(abstract === paper.abstract ? {} : { abstract }),
    ...(authors.length === paper.authors.length && authors.every((name, i) => name === paper.authors[i])
      ? {}
      : { authors }),
  };
  return JSON.stringify({ ...own, ...rest });
}

function toKeptRow({ title, abstract, authors, ...row }: RowWithPaper): StoredRecordRow {
  const own = JSON.parse(row.payload) as Partial<StoredRecord>;
  return {
    ...row,
    record: { title, abstract, authors: own.authors ?? (JSON.parse(authors) as string[]), ...own } as StoredRecord,
  };
}
