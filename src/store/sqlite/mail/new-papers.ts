/** Selects the papers that are new to a subscription: recently added or listed, and not sent before. */
import type { Database } from 'better-sqlite3';
import { addDays, toDay } from '#core/day.ts';
import type { PaperId } from '#core/paper.ts';
import type { NewPaper, NewPaperRange, RecentPaper, Subscription } from '#core/ports/subscriptions.ts';

/** A paper may start to match later (votes, a listing, a repaired abstract), so it stays a candidate for this long. */
const windowDays = 31;
/** Maximum number of candidates, newest first. It bounds the work after a large import. */
const recentMax = 5_000;

/** Maximum papers per digest. It is more than a mail shows, and the next digest contains the rest. */
const papersMax = 500;

export type NewPaperTables = {
  /**
   * Returns the papers that are new to the subscription or belong to the digest's day, and were never sent to its
   * subscriber.
   */
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
  // A wrong clock may have stored a day with too high a key. Later days then have lower keys.
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
