/** Which papers are new to whom: those that came or were listed lately, less those already sent. */
import type { Database } from 'better-sqlite3';
import { addDays, toDay } from '#core/day.ts';
import type { PaperId } from '#core/paper.ts';
import type { NewPaper, NewPaperRange, RecentPaper, Subscription } from '#core/ports/subscriptions.ts';

/** A paper can begin to match later (votes, a listing, a mended abstract): it is looked at for this long. */
const windowDays = 31;
/** Of a big import only the last are looked at: nobody reads more in their mail. */
const recentMax = 5_000;

/** More than a mail shows; what is beyond comes with the next one. */
const papersMax = 500;

export type NewPaperTables = {
  /** Of the papers those that are new to the subscription, or of the digest's day, and were never sent to its subscriber. */
  unsent(subscription: Subscription, papers: readonly NewPaper[], digest: string): readonly NewPaper[];
  markSent(subscriberId: number, papers: readonly PaperId[]): void;
  recent(range: NewPaperRange): readonly RecentPaper[];
};

export function createNewPaperTables(database: Database): NewPaperTables {
  const sent = database
    .prepare<[number, string], string>(
      `SELECT paperId FROM SentPaper WHERE subscriberId = (SELECT subscriberId FROM Subscription WHERE id = ?)
       AND paperId IN (SELECT value FROM json_each(?))`,
    )
    .pluck();
  const mark = database.prepare<[number, string]>(
    'INSERT OR IGNORE INTO SentPaper (subscriberId, paperId) SELECT ?, value FROM json_each(?)',
  );
  // A day that a wrong clock noted has too high a key: the days after it know of lower ones.
  const recent = database.prepare<unknown[], RecentPaper>(
    `SELECT id, key FROM Paper WHERE key > max(
         min(coalesce((SELECT paperKey FROM DigestDay WHERE day <= :windowDay ORDER BY day DESC LIMIT 1), 0),
           coalesce((SELECT min(paperKey) FROM DigestDay WHERE day > :windowDay), 9e15)),
         coalesce((SELECT min(sinceKey) FROM Subscription WHERE state = 'active'), 0))
       OR key IN (SELECT paperKey FROM Listing WHERE day >= :windowDay OR day = :digest) ORDER BY key DESC LIMIT ${recentMax}`,
  );
  return {
    unsent({ id, since }, papers, digest) {
      const isNew = (paper: NewPaper) =>
        paper.key > since.key || paper.listedOn.some((day) => day >= since.day || day === digest);
      const candidates = papers.filter(isNew);
      if (candidates.length === 0) return [];
      const known = new Set(sent.all(id, JSON.stringify(candidates.flatMap((paper) => paper.names))));
      return candidates.filter((paper) => !paper.names.some((name) => known.has(name))).slice(0, papersMax);
    },
    markSent: (subscriberId, papers) => {
      mark.run(subscriberId, JSON.stringify(papers));
    },
    recent: ({ nowMs, digest }) => recent.all({ windowDay: addDays(toDay(nowMs), -windowDays), digest }),
  };
}
