/**
 * Limits the confirmation mails that visitors can request. The store keeps the counts, so the limits survive a restart
 * and hold across processes.
 */
import type { Database } from 'better-sqlite3';
import { parseInstant, toInstant } from '#core/day.ts';
import { type MailAddress, mailboxOf } from '#core/ports/mail.ts';

/** Mails per 24 hours. */
export type MailLimits = { readonly perMailbox: number; readonly perSite: number };

export const mailLimits: MailLimits = { perMailbox: 3, perSite: 1000 };

const dayMs = 86_400_000;
/** A request further ahead than this was counted by a wrong clock, so it is deleted. */
const skewMs = 60_000;

/** Call the methods inside transactions that take the write lock at once. */
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
    /** Returns the ms until the site may send again, or null if it may send now. */
    siteWaitMs(nowMs: number): number | null {
      prune.run(toInstant(nowMs - dayMs), toInstant(nowMs + skewMs));
      const oldest = newest.get(perSite - 1);
      return oldest === undefined ? null : (parseInstant(oldest) ?? nowMs) + dayMs - nowMs;
    },
    /** Counts a mail to the address. Returns false if its mailbox has reached the limit. */
    take(address: MailAddress, nowMs: number): boolean {
      const mailbox = mailboxOf(address);
      if ((count.get(mailbox) ?? 0) >= perMailbox) return false;
      insert.run(mailbox, toInstant(nowMs));
      return true;
    },
    /** Deletes the mailbox but keeps the site's count. */
    forget(address: MailAddress): void {
      forget.run(mailboxOf(address));
    },
  };
}
