/** Who is subscribed to what: the tables of subscribers, subscriptions and tokens. */
import type { Database } from 'better-sqlite3';
import { toDay, toInstant } from '#core/day';
import { nextSlot } from '#core/schedule';
import type { PastDelivery, Subscription, SubscriptionBook, SubscriptionChoice } from '#core/subscription';
import { createBounceCounter } from './bounces.ts';
import { type SubscriptionRow, selectSubscription, toScheduleColumns, toSubscription } from './subscription-rows.ts';
import { createTokenTable } from './tokens.ts';

const dayMs = 86_400_000;
/** Confirmation mails that one address gets in a day, whoever asks for them. */
const requestsADayMax = 5;

/** `database` must be durable: see `openDurable`. */
export function createSubscriptionBook(database: Database): SubscriptionBook {
  const tokens = createTokenTable(database);
  const bySubscription = database.prepare<[number], SubscriptionRow>(`${selectSubscription} WHERE s.id = ?`);
  const setState = database.prepare<[string, string | null, number]>('UPDATE Subscription SET state = ?, nextDueAt = ? WHERE id = ?');
  const cancel = database.prepare<[number]>(
    `UPDATE Delivery SET state = 'cancelled' WHERE subscriptionId = ? AND state IN ('queued', 'uncertain')`,
  );
  const leaveTwins = database.prepare<[SubscriptionRow]>(
    `UPDATE Subscription SET state = 'left', nextDueAt = NULL
     WHERE subscriberId = :subscriberId AND query = :query AND id <> :id AND state IN ('active', 'paused')`,
  );
  const start = createStarter(database);
  const request = createRequest(database);
  const change = createChange(database);

  const find = (id: number): Subscription | null => {
    const row = bySubscription.get(id);
    return row ? toSubscription(row) : null;
  };
  const confirm = (token: string, nowMs: number): string | null => {
    const opened = tokens.open(token, nowMs);
    const row = opened?.purpose === 'confirm' ? bySubscription.get(opened.subscriptionId) : undefined;
    if (row?.state !== 'pending') return null;
    tokens.useUp(token, nowMs);
    leaveTwins.run(row);
    start(toSubscription(row), nowMs);
    return tokens.mint('manage', row.id, nowMs);
  };
  const end = (state: 'paused' | 'left') => (id: number) => {
    setState.run(state, null, id);
    cancel.run(id);
  };
  const inTransaction = <A extends readonly unknown[], R>(work: (...args: A) => R) => {
    const transaction = database.transaction((...args: unknown[]) => work(...(args as unknown as A)));
    return (...args: A): R => transaction.immediate(...args) as R;
  };

  return {
    request: inTransaction(request),
    open(token, nowMs) {
      const opened = tokens.open(token, nowMs);
      const subscription = opened && find(opened.subscriptionId);
      return subscription ? { purpose: opened.purpose, subscription } : null;
    },
    confirm: inTransaction(confirm),
    change: inTransaction((id: number, choice: SubscriptionChoice, nowMs: number) => {
      const before = find(id);
      if (!before || before.state === 'left') return;
      change(id, choice);
      if (before.state !== 'active') return;
      // Another filter starts afresh: what it would have found before was not asked for.
      const after = { ...before, ...choice };
      if (before.query === choice.query) setState.run('active', toInstant(nextSlot(choice.schedule, nowMs).atMs), id);
      else start(after, nowMs);
    }),
    pause: inTransaction((id: number) => {
      if (find(id)?.state === 'active') end('paused')(id);
    }),
    resume: inTransaction((id: number, nowMs: number) => {
      const subscription = find(id);
      if (subscription?.state === 'paused') start(subscription, nowMs);
    }),
    leave: inTransaction(end('left')),
    forget: inTransaction((id: number) => {
      database.prepare<[number]>('DELETE FROM Subscriber WHERE id = (SELECT subscriberId FROM Subscription WHERE id = ?)').run(id);
    }),
    history: createHistory(database),
    bounce: inTransaction(createBounceCounter(database)),
    allow: (address) =>
      database
        .prepare<[string]>(
          'UPDATE Subscriber SET suppressedBecause = NULL, softBounces = 0 WHERE address = ? AND suppressedBecause IS NOT NULL',
        )
        .run(address).changes > 0,
  };
}

function createRequest(database: Database): SubscriptionBook['request'] {
  const insertSubscriber = database.prepare<[string, string]>('INSERT OR IGNORE INTO Subscriber (address, createdAt) VALUES (?, ?)');
  const subscriberOf = database.prepare<[string, string], { id: number; suppressedBecause: string | null; recent: number }>(
    `SELECT id, suppressedBecause, (SELECT count(*) FROM Subscription WHERE subscriberId = Subscriber.id AND createdAt > ?) AS recent
     FROM Subscriber WHERE address = ?`,
  );
  const insert = database
    .prepare(
      `INSERT INTO Subscription (subscriberId, query, weekdays, hour, timeZone, mailsEmpty, state, createdAt, sinceDay)
     VALUES (:subscriberId, :query, :weekdays, :hour, :timeZone, :mailsEmpty, 'pending', :now, :today) RETURNING id`,
    )
    .pluck();
  const queue = database.prepare<[unknown, string]>(
    `INSERT INTO Delivery (subscriptionId, kind, digest, state, nextTryAt) VALUES (?, 'confirmation', 'confirmation', 'queued', ?)`,
  );
  return (address, choice, nowMs) => {
    const now = toInstant(nowMs);
    insertSubscriber.run(address, now);
    const subscriber = subscriberOf.get(toInstant(nowMs - dayMs), address);
    if (!subscriber || subscriber.suppressedBecause !== null || subscriber.recent >= requestsADayMax) return;
    const columns = { ...toScheduleColumns(choice.schedule), query: choice.query, mailsEmpty: Number(choice.mailsEmpty) };
    queue.run(insert.get({ ...columns, subscriberId: subscriber.id, now, today: toDay(nowMs) }), now);
  };
}

function createChange(database: Database): (id: number, choice: SubscriptionChoice) => void {
  const update = database.prepare(
    'UPDATE Subscription SET query = :query, weekdays = :weekdays, hour = :hour, timeZone = :timeZone, mailsEmpty = :mailsEmpty WHERE id = :id',
  );
  return (id, { query, schedule, mailsEmpty }) => {
    update.run({ id, query, mailsEmpty: Number(mailsEmpty), ...toScheduleColumns(schedule) });
  };
}

/** From now on: papers that are in the store already are not new, today's listing is. */
function createStarter(database: Database): (subscription: Subscription, nowMs: number) => void {
  const update = database.prepare(
    `UPDATE Subscription SET state = 'active', confirmedAt = coalesce(confirmedAt, :now), nextDueAt = :nextDueAt, sinceDay = :today,
     sinceKey = coalesce((SELECT max(key) FROM Paper), 0) WHERE id = :id`,
  );
  return ({ id, schedule }, nowMs) => {
    update.run({ id, now: toInstant(nowMs), nextDueAt: toInstant(nextSlot(schedule, nowMs).atMs), today: toDay(nowMs) });
  };
}

function createHistory(database: Database): SubscriptionBook['history'] {
  const select = database.prepare<[number, number], PastDelivery>(
    `SELECT digest, state, coalesce(json_array_length(papers), 0) AS papers, settledAt FROM Delivery
     WHERE subscriptionId = ? AND kind = 'digest' ORDER BY digest DESC LIMIT ?`,
  );
  return (id, limit) => select.all(id, limit);
}
