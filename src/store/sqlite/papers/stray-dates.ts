/** Finds and removes dates outside the valid range. It reads only indexes, so a clean store takes no time. */
import type { Database } from 'better-sqlite3';
import { dayNumber, type Period } from '#core/day.ts';
import type { DateLimits, RecordWriter } from '#core/ports/ingest.ts';
import type { PaperKey } from '#core/ports/papers.ts';
import { loadPage } from './stored-records.ts';

type StrayDates = Pick<RecordWriter, 'hasDatesBeyond' | 'keptWithDatesBeyond' | 'forgetDaysBeyond'>;

/** `check` throws if this process lost the lease. */
export function createStrayDates(database: Database, check: () => void): StrayDates {
  const papersAfter = createStrayPapers(database);
  const days = createStrayDays(database, check);
  return {
    hasDatesBeyond: (limits) => papersAfter(limits, 0, 1).length > 0 || days.hasAny(limits.listed),
    keptWithDatesBeyond: (limits, key, limit) => loadPage(database, papersAfter(limits, key, limit), key),
    forgetDaysBeyond(listed) {
      if (days.hasAny(listed)) days.forget(listed);
    },
  };
}

type PaperBounds = {
  readonly listedFrom: string;
  readonly listedTo: string;
  readonly publishedFrom: number;
  readonly publishedTo: number;
};

/**
 * Each query reads one index range. The subquery collects the rows before the sort. Otherwise SQLite would scan all
 * papers by key.
 */
function createStrayPapers(database: Database) {
  const papers = database
    .prepare<[PaperBounds & { readonly after: PaperKey; readonly limit: number }], PaperKey>(
      `WITH stray (key) AS MATERIALIZED (
         SELECT key FROM Paper WHERE publishedFrom < :publishedFrom UNION ALL SELECT key FROM Paper WHERE publishedFrom > :publishedTo
         UNION ALL SELECT paperKey FROM Listing WHERE day < :listedFrom UNION ALL SELECT paperKey FROM Listing WHERE day > :listedTo)
       SELECT DISTINCT key FROM stray WHERE key > :after ORDER BY key LIMIT :limit`,
    )
    .pluck();
  return ({ listed, published }: DateLimits, after: PaperKey, limit: number): PaperKey[] =>
    papers.all({
      listedFrom: listed.from,
      listedTo: listed.to,
      publishedFrom: dayNumber(published.from),
      publishedTo: dayNumber(published.to),
      after,
      limit,
    });
}

/** Cleans the requested days and the newest day of each source. */
function createStrayDays(database: Database, check: () => void) {
  // A source state that was recorded with a later clock is compared with that time.
  const isStray = (day: string) =>
    `(${day} < :from OR (${day} > :to AND ${day} > coalesce(date(askedAt, '+1 day'), '')))`;
  const find = database.prepare<[Period], string>(
    `SELECT day FROM SourceDay WHERE ${isStray('day')} UNION ALL SELECT latestDay FROM Source WHERE ${isStray('latestDay')} LIMIT 1`,
  );
  const drop = database.prepare<[Period]>(`DELETE FROM SourceDay WHERE ${isStray('day')}`);
  const mend = database.prepare<[Period]>(
    `UPDATE Source SET latestDay = (SELECT max(day) FROM SourceDay WHERE source = name AND items > 0) WHERE ${isStray('latestDay')}`,
  );
  const raise = database.prepare('UPDATE Store SET revision = revision + 1');
  const forget = database.transaction((listed: Period) => {
    check();
    drop.run(listed);
    mend.run(listed);
    raise.run();
  });
  return {
    hasAny: (listed: Period) => find.get(listed) !== undefined,
    forget: (listed: Period) => forget.immediate(listed),
  };
}
