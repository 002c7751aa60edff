/** Ports of ingest: the record writer, the run log and the report of a run. */
import type { Period } from '#core/day.ts';
import type { Tag } from '#core/paper.ts';
import type { MergedPaper, StoredRecord } from '#core/record.ts';
import type { PaperKey } from './papers.ts';

/** A record with the keys that find it. */
export type FoundRecord = {
  readonly record: StoredRecord;
  /** The source and the record's identity in it. Unique in the store. */
  readonly identity: string;
  readonly titleKey: string;
  readonly givenId: string | null;
  /** Topics of the record's own title and abstract, if computed before the merge. */
  readonly topics?: readonly Tag[];
};

/** A paper and the records that `resolve` merged into it. */
export type ResolvedPaper = { readonly paper: MergedPaper; readonly records: readonly FoundRecord[] };

export type SaveOutcome = 'added' | 'updated' | 'unchanged';

/** Records of the next papers, and the key of the last one. */
export type StoredRecordPage = { readonly records: readonly FoundRecord[]; readonly last: PaperKey };

/** The days on which papers can be listed and published. */
export type DateLimits = { readonly listed: Period; readonly published: Period };

/** Writes records and papers to the store. */
export type RecordWriter = {
  /**
   * Saves records in one transaction and returns each outcome by identity.
   * It loads every stored record that an incoming one can touch: same identity, title or id, transitively. `resolve`
   * receives these records and the transaction's time and returns the papers, or null if nothing changed.
   */
  saveRecords(
    incoming: readonly FoundRecord[],
    resolve: (kept: readonly FoundRecord[], now: string) => readonly ResolvedPaper[] | null,
  ): ReadonlyMap<string, SaveOutcome>;
  /** The current time against which dates are checked, ISO 8601 in UTC. */
  now(): string;
  /** Returns the stored records of the next `limit` papers after a key. Empty after the last paper. */
  keptAfter(key: PaperKey, limit: number): StoredRecordPage;
  /** Returns whether a paper has a date, or a source has a requested day, outside the limits. */
  hasDatesBeyond(limits: DateLimits): boolean;
  /** As `keptAfter`, for papers with a date outside the limits. */
  keptWithDatesBeyond(limits: DateLimits, key: PaperKey, limit: number): StoredRecordPage;
  /** Deletes the requested listing days outside the limits. */
  forgetDaysBeyond(listed: Period): void;
  /** The version of the topic vocabulary with which the papers were tagged. See `topicsVersion`. */
  topicsVersion(): string;
  setTopicsVersion(version: string): void;
};

/** A record that could not be read or stored: its position in the input, and a message for the user. */
export type Rejection = {
  /** Position in the input: `line 102`, `item 7`, `2405.14906`. */
  readonly where: string;
  readonly reason: string;
  /** The title or the first words, if any. */
  readonly title?: string;
};

/** Counts of a run: read = added + updated + unchanged + rejectedCount. */
export type RunReport = {
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** The first rejections. */
  readonly rejected: readonly Rejection[];
  /** Number of all rejections, including those not listed. */
  readonly rejectedCount: number;
};

/** An empty report. */
export const emptyReport: RunReport = { read: 0, added: 0, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 };

export type RunLog = {
  /**
   * Logs the start of a run and returns its number. The caller holds the lease, so every unfinished run was killed and
   * is closed.
   */
  start(source: string, subject: string, startedAt: string): number;
  /** `failure` is the message of an interrupted run, or null for a complete one. */
  finish(run: number, report: RunReport, finishedAt: string, failure: string | null): void;
  /** Returns whether an unfinished run exists: it is still running or was killed. */
  hasUnended(): boolean;
  /** Closes killed runs. Only the holder of the lease may call it. */
  endKilled(at: string): void;
};
