/** The delivery queue: the recipients, papers and state of each mail. */
import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { toInstant } from '#core/day.ts';
import type { PaperId } from '#core/paper.ts';
import {
  type ClaimedDelivery,
  type Delivery,
  type DeliveryKind,
  type DeliveryQueue,
  type DeliveryUpdate,
  type NewPaper,
  retryPauseMaxMs,
} from '#core/ports/subscriptions.ts';
import { createSuppression } from './bounces.ts';
import { createEnqueuer } from './enqueue-deliveries.ts';
import { createNewPaperTables } from './new-papers.ts';
import { type SubscriptionRow, toSubscription } from './subscription-rows.ts';
import { createTokenTable } from './tokens.ts';

type DeliveryRow = SubscriptionRow & {
  readonly deliveryId: number;
  readonly kind: DeliveryKind;
  readonly digest: string;
  readonly papers: string | null;
  readonly failures: number;
};

const selectDelivery = `SELECT d.id AS deliveryId, d.kind, d.digest, d.papers, d.failures, s.*, b.address, b.suppressedBecause
  FROM Delivery d JOIN Subscription s ON s.id = d.subscriptionId JOIN Subscriber b ON b.id = s.subscriberId`;

/** `database` must come from `openForDurableWriting`. */
export function createDeliveryQueue(database: Database): DeliveryQueue {
  // A wait longer than the maximum pause was written by a clock that has since been set back.
  const waiting = database.prepare<[string, string, string, number], DeliveryRow>(
    `${selectDelivery} WHERE d.state = ? AND (d.nextTryAt <= ? OR d.nextTryAt > ?) ORDER BY d.tries, d.id LIMIT ?`,
  );
  const recover = database.prepare(`UPDATE Delivery SET state = 'uncertain' WHERE state = 'sending'`);
  const nextDue = database
    .prepare<[], string | null>(`SELECT min(nextDueAt) FROM Subscription WHERE state = 'active'`)
    .pluck();
  const claimOne = createClaim(database);
  const updateOne = createDeliveryUpdate(database);
  const { unsent, recent } = createNewPaperTables(database);

  const claim: DeliveryQueue['claim'] = (deliveries, nowMs) =>
    deliveries.flatMap(({ delivery, newPapers }) => claimOne(delivery.id, newPapers, nowMs) ?? []);
  const updateAll: DeliveryQueue['update'] = (updates, nowMs) => {
    for (const update of updates) updateOne(update, nowMs);
  };

  return {
    ...createEnqueuer(database),
    recover: () => {
      recover.run();
    },
    waiting(nowMs, limit) {
      const [now, latest] = [toInstant(nowMs), toInstant(nowMs + retryPauseMaxMs)];
      const queued = waiting.all('queued', now, latest, limit);
      return [...queued, ...waiting.all('uncertain', now, latest, limit - queued.length)].map(toDelivery);
    },
    claim: database.transaction(claim).immediate,
    update: database.transaction(updateAll).immediate,
    unsent,
    recentPapers: recent,
    nextDueAt: () => nextDue.get() ?? null,
  };
}

function toDelivery(row: DeliveryRow): Delivery {
  const papers = row.papers === null ? null : (JSON.parse(row.papers) as PaperId[]);
  return {
    id: row.deliveryId,
    kind: row.kind,
    digest: row.digest,
    papers,
    failures: row.failures,
    subscription: toSubscription(row),
  };
}

function createClaim(database: Database) {
  const messageName = createMessageNamer(database);
  const tokens = createTokenTable(database);
  const { unsent, markSent } = createNewPaperTables(database);
  const find = database.prepare<[number], DeliveryRow>(
    `${selectDelivery} WHERE d.id = ? AND d.state IN ('queued', 'uncertain')`,
  );
  const close = database.prepare<[string, string, number]>('UPDATE Delivery SET state = ?, settledAt = ? WHERE id = ?');
  const send = database.prepare<[string, string, number]>(
    `UPDATE Delivery SET state = 'sending', tries = tries + 1, papers = ?, messageName = ? WHERE id = ?`,
  );
  const isRequired = ({ kind, state, suppressedBecause }: DeliveryRow) =>
    suppressedBecause === null && state === (kind === 'confirmation' ? 'pending' : 'active');

  return (id: number, newPapers: readonly NewPaper[], nowMs: number): ClaimedDelivery | null => {
    const row = find.get(id);
    if (!row) return null;
    const delivery = toDelivery(row);
    const { subscription, kind, digest } = delivery;
    const papers = delivery.papers ?? unsent(subscription, newPapers, digest).map((paper) => paper.id);
    const isEmpty = kind === 'digest' && papers.length === 0 && !subscription.mailsEmpty;
    if (!isRequired(row) || isEmpty) {
      close.run(isRequired(row) ? 'empty' : 'cancelled', toInstant(nowMs), id);
      return null;
    }
    const name = messageName(delivery);
    if (delivery.papers === null) markSent(row.subscriberId, papers);
    send.run(JSON.stringify(papers), name, id);
    const token = tokens.mint(kind === 'confirmation' ? 'confirm' : 'manage', subscription.id, nowMs);
    return { ...delivery, papers, messageName: name, token };
  };
}

/**
 * Returns the same name for every attempt. It is a secret, because a bounce report is trusted if it contains the name.
 */
function createMessageNamer(database: Database): (delivery: Delivery) => string {
  const storeId = database.prepare<[], string>('SELECT storeId FROM Store').pluck().get();
  return ({ kind, digest, subscription }) => {
    const name = hash('sha256', `${storeId} ${kind} ${digest} ${subscription.id}`).slice(0, 32);
    return kind === 'digest' ? `digest.${digest}.${name}` : `confirmation.${name}`;
  };
}

function createDeliveryUpdate(database: Database): (update: DeliveryUpdate, nowMs: number) => void {
  const update = database.prepare(
    `UPDATE Delivery SET state = :state, problem = :problem, nextTryAt = coalesce(:nextTryAt, nextTryAt), failures = failures + :failed,
     settledAt = :settledAt WHERE id = :id AND state IN ('queued', 'sending', 'uncertain')`,
  );
  const subscriberOf = database
    .prepare<[number], number>(
      'SELECT subscriberId FROM Delivery d JOIN Subscription s ON s.id = d.subscriptionId WHERE d.id = ?',
    )
    .pluck();
  const suppress = createSuppression(database);
  return ({ id, state, problem, nextTryAt, failed, suppress: isRefused }, nowMs) => {
    const settledAt = state === 'sent' || state === 'failed' ? toInstant(nowMs) : null;
    update.run({ id, state, problem, nextTryAt, failed: Number(failed), settledAt });
    const subscriber = isRefused ? subscriberOf.get(id) : undefined;
    if (subscriber !== undefined) suppress(subscriber, problem ?? 'its mail server refuses it');
  };
}
