/** Counts bounces and suppresses addresses that cannot receive mail. */
import type { Database } from 'better-sqlite3';
import { toInstant } from '#core/day.ts';
import type { BounceReport, SubscriptionStore } from '#core/ports/subscriptions.ts';

const softBouncesMax = 3;

type Bounced = {
  readonly id: number;
  readonly subscriberId: number;
  readonly bounced: number;
  readonly softBounces: number;
};

/**
 * Returns the bounce counter. Call it inside a transaction.
 * A report must contain the message name of a delivery. Otherwise anyone could suppress an address with a forged
 * report.
 */
export function createBounceCounter(database: Database): SubscriptionStore['bounce'] {
  const find = database.prepare<[string], Bounced>(
    `SELECT d.id, b.id AS subscriberId, d.bounced, b.softBounces FROM Delivery d JOIN Subscription s ON s.id = d.subscriptionId
     JOIN Subscriber b ON b.id = s.subscriberId WHERE d.messageName = ?`,
  );
  const mark = database.prepare<[string, string, number]>(
    `UPDATE Delivery SET bounced = 1, state = 'failed', problem = ?, settledAt = coalesce(settledAt, ?) WHERE id = ?`,
  );
  const count = database.prepare<[number]>('UPDATE Subscriber SET softBounces = softBounces + 1 WHERE id = ?');
  const suppress = createSuppression(database);
  return (report: BounceReport, nowMs: number) => {
    const found = find.get(report.messageName);
    if (!found) return null;
    if (found.bounced === 1) return 'known';
    mark.run(report.reason, toInstant(nowMs), found.id);
    if (!report.hard) count.run(found.subscriberId);
    if (!report.hard && found.softBounces + 1 < softBouncesMax) return 'counted';
    suppress(found.subscriberId, report.reason);
    return 'suppressed';
  };
}

/** Returns a function that suppresses a subscriber and cancels the queued deliveries. */
export function createSuppression(database: Database): (subscriberId: number, reason: string) => void {
  const update = database.prepare<[string, number]>('UPDATE Subscriber SET suppressedBecause = ? WHERE id = ?');
  const cancel = database.prepare<[number]>(
    `UPDATE Delivery SET state = 'cancelled' WHERE state IN ('queued', 'uncertain')
     AND subscriptionId IN (SELECT id FROM Subscription WHERE subscriberId = ?)`,
  );
  return (subscriberId, reason) => {
    update.run(reason, subscriberId);
    cancel.run(subscriberId);
  };
}
