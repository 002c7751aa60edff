/** Does what mails that came back ask for: gives up addresses that are no good, and ends subscriptions. */
import type { SubscriptionBook } from '#core/subscription';
import type { ReadMailbox } from './read-mailbox.ts';

export type MailboxSummary = {
  /** Reports of mails that came back. */
  readonly reports: number;
  readonly suppressed: number;
  readonly counted: number;
  readonly ignored: number;
  /** Subscriptions ended by a mail. */
  readonly left: number;
};

export function obeyMailbox(book: SubscriptionBook, { bounces, tokens }: ReadMailbox, nowMs: number): MailboxSummary {
  const results = bounces.map((report) => book.bounce(report, nowMs));
  const count = (result: (typeof results)[number]) => results.filter((one) => one === result).length;
  return {
    reports: results.length,
    suppressed: count('suppressed'),
    counted: count('counted'),
    ignored: count('known') + count(null),
    left: tokens.filter((token) => leave(book, token, nowMs)).length,
  };
}

function leave(book: SubscriptionBook, token: string, nowMs: number): boolean {
  const opened = book.open(token, nowMs);
  if (opened?.purpose !== 'manage' || opened.subscription.state === 'left') return false;
  book.leave(opened.subscription.id);
  return true;
}
