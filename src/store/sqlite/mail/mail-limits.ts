/** How many mails anybody can ask for: counted in the store, so that the limits hold after a restart and for several processes. */
import type { Database } from 'better-sqlite3';
import { parseInstant, toInstant } from '#core/day.ts';
import { type MailAddress, mailboxOf } from '#core/ports/mail.ts';

/** Mails in 24 hours. */
export type MailLimits = { readonly perMailbox: number; readonly perSite: number };

export const mailLimits: MailLimits = { perMailbox: 3, perSite: 1000 };

const dayMs = 86_400_000;
/** Further ahead a mail was counted by a clock that was wrong. */
const skewMs = 60_000;

/** To be called inside transactions that take the write lock at once. */
export function createMailLimits(database: Database, { perMailbox, perSite }: MailLimits) {
  const prune = database.prepare<[string, string]>(
    'DELETE FROM RequestedMail WHERE requestedAt <= ? OR requestedAt > ?',
  );
  const newest = database
    .prepare<[number], string>('SELECT requestedAt FROM RequestedMail ORDER BY requestedAt DESC LIMIT 1 OFFSET ?')
    .pluck();
  const count = database.prepare<[string], number>('SELECT count(*) FROM RequestedMail WHERE mailbox = ?').pluck();
  const insert = database.prepare<[string, string]>('INSERT INTO RequestedMail (mailbox, requestedAt) VALUES (?, ?)');
  const forget = database.prepare<[string]>('UPDATE RequestedMail SET mailbox = NULL WHERE mailbox = ?');
  return {
    /** In how many ms the site may send again; null when it may now. */
    siteWaitMs(nowMs: number): number | null {
      prune.run(toInstant(nowMs - dayMs), toInstant(nowMs + skewMs));
      const oldest = newest.get(perSite - 1);
      return oldest === undefined ? null : (parseInstant(oldest) ?? nowMs) + dayMs - nowMs;
    },
    /** Counts a mail to the address; false when its mailbox has had as many as it may get. */
    take(address: MailAddress, nowMs: number): boolean {
      const mailbox = mailboxOf(address);
      if ((count.get(mailbox) ?? 0) >= perMailbox) return false;
      insert.run(mailbox, toInstant(nowMs));
      return true;
    },
    /** Keeps the count of the site, and nothing of the address. */
    forget(address: MailAddress): void {
      forget.run(mailboxOf(address));
    },
  };
}
