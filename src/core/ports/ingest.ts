/** The joints of ingest: who writes records, who logs runs, and what a run reports. */
import type { Period } from '#core/day.ts';
import type { Tag } from '#core/paper.ts';
import type { MergedPaper, StoredRecord } from '#core/record.ts';
import type { PaperKey } from './papers.ts';

/** A record with what it is found by. */
export type FoundRecord = {
  readonly record: StoredRecord;
  /** Source and identity in it; unique in the store. */
  readonly identity: string;
  readonly titleKey: string;
  readonly givenId: string | null;
  /** The topics of its own title and abstract, where they were found ahead of the merge. */
  readonly topics?: readonly Tag[];
};

/** A paper and the records it is merged from, as `resolve` decides them. */
export type ResolvedPaper = { readonly paper: MergedPaper; readonly records: readonly FoundRecord[] };

export type SaveOutcome = 'added' | 'updated' | 'unchanged';

/** Records of the next papers, and the last of these papers. */
export type StoredRecordPage = { readonly records: readonly FoundRecord[]; readonly last: PaperKey };

/** The days that papers can be listed and published on. */
export type DateLimits = { readonly listed: Period; readonly published: Period };

/** What ingest writes to the store. */
export type RecordWriter = {
  /**
   * One transaction: loads every kept record that the incoming ones can touch (same identity, title or id, transitively), lets
   * `resolve` decide which papers they are, writes those that changed and answers each record's outcome by identity.
   * `resolve` gets the kept records and the time of the transaction; null from it means that nothing changed.
   */
  saveRecords(
    incoming: readonly FoundRecord[],
    resolve: (kept: readonly FoundRecord[], now: string) => readonly ResolvedPaper[] | null,
  ): ReadonlyMap<string, SaveOutcome>;
  /** The time by which dates are judged, ISO 8601 in UTC. */
  now(): string;
  /** The kept records of the next papers after a key, at most `limit` papers; empty after the last. */
  keptAfter(key: PaperKey, limit: number): StoredRecordPage;
  /** Whether a paper has a date, or a source was asked for a day, outside of the limits. */
  hasDatesBeyond(limits: DateLimits): boolean;
  /** As `keptAfter`, of papers that have a date outside of the limits. */
  keptWithDatesBeyond(limits: DateLimits, key: PaperKey, limit: number): StoredRecordPage;
  /** Removes what is noted of listing days outside of the limits for which sources were asked. */
  forgetDaysBeyond(listed: Period): void;
  /** The topic vocabulary the papers were tagged with, as `topicsVersion` names it. */
  topicsVersion(): string;
  setTopicsVersion(version: string): void;
};

/** A record that could not be read or stored: where in the input, and why, in a sentence for the person who fed it. */
export type Rejection = {
  /** `line 102`, `item 7`, `2405.14906`: how to find it in the input. */
  readonly where: string;
  readonly reason: string;
  /** The title or the first words, when there are any. */
  readonly title?: string;
};

/** What a run did; read = added + updated + unchanged + rejectedCount. */
export type RunReport = {
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** The first rejections. */
  readonly rejected: readonly Rejection[];
  /** All rejections, also those that are not listed. */
  readonly rejectedCount: number;
};

/** The report of a run that has read nothing yet. */
export const emptyReport: RunReport = { read: 0, added: 0, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 };

export type RunLog = {
  /**
   * Notes the begin of a run and answers its number. Whoever begins one holds the lease: what has no end by then was killed, and is ended.
   */
  start(source: string, subject: string, startedAt: string): number;
  /** `failure` is the sentence of why it ended early, null when it went to its end. */
  finish(run: number, report: RunReport, finishedAt: string, failure: string | null): void;
  /** Whether there are runs without an end: one that goes on, or some that were killed. */
  hasUnended(): boolean;
  /** Ends the runs that were killed; to be called by whoever holds the lease. */
  endKilled(at: string): void;
};
