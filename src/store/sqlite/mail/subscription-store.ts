/** The subscription store: the tables of subscribers, subscriptions and tokens. */
import type { Database } from 'better-sqlite3';
import { toDay, toInstant } from '#core/day.ts';
import type { MailAddress } from '#core/ports/mail.ts';
import type { PastDelivery, SubscriptionStore } from '#core/ports/subscriptions.ts';
import { createBounceCounter } from './bounces.ts';
import { createMailLimits, type MailLimits, mailLimits } from './mail-limits.ts';
import { createSubscriptionLife } from './subscription-lifecycle.ts';
import { toScheduleColumns } from './subscription-rows.ts';
import { createTokenTable } from './tokens.ts';

/** `database` must come from `openForDurableWriting`. */
export function createSubscriptionStore(database: Database, limits: MailLimits = mailLimits): SubscriptionStore {
  const limit = createMailLimits(database, limits);
  const tokens = createTokenTable(database);
  const life = createSubscriptionLife(database);
  const forget = database
    .prepare<[number], MailAddress>(
      'DELETE FROM Subscriber WHERE id = (SELECT subscriberId FROM Subscription WHERE id = ?) RETURNING address',
    )
    .pluck();
  const allow = database.prepare<[string]>(
    'UPDATE Subscriber SET suppressedBecause = NULL, softBounces = 0 WHERE address = ? AND suppressedBecause IS NOT NULL',
  );
  const inTransaction = <A extends readonly unknown[], R>(work: (...args: A) => R) => {
    const transaction = database.transaction((...args: unknown[]) => work(...(args as unknown as A)));
    return (...args: A): R => transaction.immediate(...args) as R;
  };
  return {
    request: inTransaction(createRequest(database, limit)),
    open(token, nowMs) {
      const opened = tokens.open(token, nowMs);
      const subscription = opened && life.find(opened.subscriptionId);
      return subscription ? { purpose: opened.purpose, subscription } : null;
    },
    confirm: inTransaction(life.confirm),
    change: inTransaction(life.change),
    pause: inTransaction(life.pause),
    resume: inTransaction(life.resume),
    leave: inTransaction(life.leave),
    forget: (id) => {
      inTransaction(() => forget.all(id).forEach(limit.forget))();
    },
    emptyLog() {
      const [{ busy } = { busy: 0 }] = database.pragma('wal_checkpoint(TRUNCATE)') as readonly {
        readonly busy: number;
      }[];
      if (busy !== 0) throw Object.assign(new Error('somebody reads the log of the store'), { code: 'SQLITE_BUSY' });
    },
    history: createHistory(database),
    bounce: inTransaction(createBounceCounter(database)),
    allow: (address) => allow.run(address).changes > 0,
  };
}

function createRequest(database: Database, limit: ReturnType<typeof createMailLimits>): SubscriptionStore['request'] {
  const insertSubscriber = database.prepare<[string, string]>(
    'INSERT OR IGNORE INTO Subscriber (address, createdAt) VALUES (?, ?)',
  );
  const subscriberOf = database.prepare<[string], { id: number; suppressedBecause: string | null }>(
    'SELECT id, suppressedBecause FROM Subscriber WHERE address = ?',
  );
  const insert = database
    .prepare(
      `INSERT INTO Subscription (subscriberId, query, weekdays, hour, timeZone, mailsEmpty, state, createdAt, sinceDay)
     VALUES (:subscriberId, :query, :weekdays, :hour, :timeZone, :mailsEmpty, 'pending', :now, :today) RETURNING id`,
    )
    .pluck();
  // The visitor is waiting, so `tries` starts at -1. That sorts the confirmation before every queued digest.
  const queue = database.prepare<[unknown, string]>(
    `INSERT INTO Delivery (subscriptionId, kind, digest, state, tries, nextTryAt) VALUES (?, 'confirmation', 'confirmation', 'queued', -1, ?)`,
  );
  return (address, choice, nowMs) => {
    // Check the site's limit before reading the address, so that a rejection reveals nothing about it.
    const waitMs = limit.siteWaitMs(nowMs);
    if (waitMs !== null) return waitMs;
    if (subscriberOf.get(address)?.suppressedBecause || !limit.take(address, nowMs)) return null;
    const now = toInstant(nowMs);
    insertSubscriber.run(address, now);
    const subscriber = subscriberOf.get(address);
    if (!subscriber) return null;
    const columns = {
      ...toScheduleColumns(choice.schedule),
      query: choice.query,
      mailsEmpty: Number(choice.mailsEmpty),
    };
    queue.run(insert.get({ ...columns, subscriberId: subscriber.id, now, today: toDay(nowMs) }), now);
    return null;
  };
}

function createHistory(database: Database): SubscriptionStore['history'] {
  const select = database.prepare<[number, number], PastDelivery>(
    `SELECT digest, state, coalesce(json_array_length(papers), 0) AS papers, settledAt FROM Delivery
     WHERE subscriptionId = ? AND kind = 'digest' ORDER BY digest DESC LIMIT ?`,
  );
  return (id, limit) => select.all(id, limit);
}
