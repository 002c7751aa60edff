/** Processes bounces and unsubscribe mails: suppresses invalid addresses and ends subscriptions. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { SubscriptionStore } from '#core/ports/subscriptions.ts';
import type { ReadMailbox } from './read-mailbox.ts';

export type MailboxSummary = {
  /** Bounces in the mailbox. */
  readonly reports: number;
  readonly suppressed: number;
  readonly counted: number;
  readonly ignored: number;
  /** Subscriptions that an unsubscribe mail ended. */
  readonly left: number;
};

export async function processMailbox(
  subscriptions: AsyncPort<SubscriptionStore>,
  { bounces, tokens }: ReadMailbox,
  nowMs: number,
): Promise<MailboxSummary> {
  const results: Awaited<ReturnType<(typeof subscriptions)['bounce']>>[] = [];
  for (const report of bounces) results.push(await subscriptions.bounce(report, nowMs));
  let left = 0;
  for (const token of tokens) if (await leave(subscriptions, token, nowMs)) left += 1;
  const count = (result: (typeof results)[number]) => results.filter((each) => each === result).length;
  return {
    reports: results.length,
    suppressed: count('suppressed'),
    counted: count('counted'),
    ignored: count('known') + count(null),
    left,
  };
}

async function leave(subscriptions: AsyncPort<SubscriptionStore>, token: string, nowMs: number): Promise<boolean> {
  const opened = await subscriptions.open(token, nowMs);
  if (opened?.purpose !== 'manage' || opened.subscription.state === 'left') return false;
  await subscriptions.leave(opened.subscription.id);
  return true;
}
