/** Dates in the store that lie outside of limits: found by the indexes alone, so that a store without any is looked through at once. */
import type { Database } from 'better-sqlite3';
import { dayNumber, type Period } from '#core/day';
import type { DateLimits } from '#core/ingest-ports';
import type { PaperKey } from '#core/ports';

type Bounds = { readonly from: string; readonly to: string };
type PaperBounds = { readonly listedFrom: string; readonly listedTo: string; readonly publishedFrom: number; readonly publishedTo: number };

export function createStrayDates(database: Database, check: () => void) {
  const papers = database
    .prepare<[PaperBounds & { readonly after: PaperKey; readonly limit: number }], PaperKey>(
      `SELECT key FROM (SELECT key FROM Paper WHERE publishedFrom < :publishedFrom UNION SELECT key FROM Paper WHERE publishedFrom > :publishedTo
        UNION SELECT paperKey FROM Listing WHERE day < :listedFrom UNION SELECT paperKey FROM Listing WHERE day > :listedTo)
       WHERE key > :after ORDER BY key LIMIT :limit`,
    )
    .pluck();
  // What was told when the clock stood later is judged by that time.
  const isStray = (day: string, at: string) => `(${day} < :from OR (${day} > :to AND ${day} > coalesce(date(${at}, '+1 day'), '')))`;
  const countDays = database.prepare<[Bounds], number>(`SELECT count(*) FROM SourceDay WHERE ${isStray('day', 'askedAt')}`).pluck();
  const countSources = database.prepare<[Bounds], number>(`SELECT count(*) FROM Source WHERE ${isStray('latestDay', 'askedAt')}`).pluck();
  const dropDays = database.prepare<[Bounds]>(`DELETE FROM SourceDay WHERE ${isStray('day', 'askedAt')}`);
  const mendSources = database.prepare<[Bounds]>(
    `UPDATE Source SET latestDay = (SELECT max(day) FROM SourceDay WHERE source = name AND items > 0)
     WHERE ${isStray('latestDay', 'askedAt')}`,
  );
  const raise = database.prepare('UPDATE Store SET revision = revision + 1');
  const forget = database.transaction((bounds: Bounds) => {
    check();
    dropDays.run(bounds);
    mendSources.run(bounds);
    raise.run();
  });
  return {
    papersAfter: ({ listed, published }: DateLimits, after: PaperKey, limit: number): PaperKey[] =>
      papers.all({
        listedFrom: listed.from,
        listedTo: listed.to,
        publishedFrom: dayNumber(published.from),
        publishedTo: dayNumber(published.to),
        after,
        limit,
      }),
    /** Days on which sources were asked, and the newest day of each source, which is then the newest of those that are left. */
    forgetDays({ from, to }: Period): boolean {
      const isWhole = !countDays.get({ from, to }) && !countSources.get({ from, to });
      if (!isWhole) forget.immediate({ from, to });
      return !isWhole;
    },
  };
}
