/** Enqueues the deliveries of a digest and deletes subscriptions that were never confirmed. */
import type { Database } from 'better-sqlite3';
import { type Day, toDay, toInstant } from '#core/day.ts';
import type { DeliveryQueue } from '#core/ports/subscriptions.ts';
import { latestSlot, nextSlot, type Slot } from '#core/schedule.ts';
import { type SubscriptionRow, selectSubscription, toSchedule, toSubscription } from './subscription-rows.ts';

const dayMs = 86_400_000;
const unconfirmedDays = 7;
/**
 * Maximum time between two slots of a schedule. A later due time was written by a clock that has since been set back,
 * so it is computed again.
 */
const dueWithinMs = 8 * dayMs;

/**
 * SQL functions compute each subscriber's due day. One statement enqueues any number of recipients in constant memory.
 */
export function createEnqueuer(database: Database): Pick<DeliveryQueue, 'enqueue' | 'due'> {
  defineSlots(database);
  const isActive = `s.state = 'active' AND b.suppressedBecause IS NULL`;
  const insert = (where: string, digest: string) =>
    database.prepare<unknown[]>(
      `INSERT OR IGNORE INTO Delivery (subscriptionId, kind, digest, state, nextTryAt) SELECT s.id, 'digest', ${digest}, 'queued', :now
       FROM Subscription s JOIN Subscriber b ON b.id = s.subscriberId WHERE ${isActive} AND ${where} ORDER BY s.query, s.id`,
    );
  const insertDue = insert('s.nextDueAt <= :now', 'latest_slot_day(s.weekdays, s.hour, s.timeZone, :nowMs)');
  const insertAll = insert(':now IS NOT NULL', ':day');
  const advance = database.prepare(
    `UPDATE Subscription SET nextDueAt = next_slot_at(weekdays, hour, timeZone, :nowMs) WHERE state = 'active' AND (nextDueAt <= :now OR nextDueAt > :latest)`,
  );
  const noteDay = database.prepare<[Day]>(
    'INSERT OR IGNORE INTO DigestDay (day, paperKey) SELECT ?, coalesce(max(key), 0) FROM Paper',
  );
  // Age counts days on which this store was in use, so a clock that jumps ahead does not expire subscriptions.
  const purge = database.prepare<[string, number]>(
    `DELETE FROM Subscription WHERE state = 'pending' AND createdAt < ?
     AND (SELECT count(*) FROM DigestDay WHERE day > substr(createdAt, 1, 10)) >= ?`,
  );
  const purgeSubscribers = database.prepare(
    `DELETE FROM Subscriber WHERE suppressedBecause IS NULL AND id NOT IN (SELECT subscriberId FROM Subscription)`,
  );
  const selectDue = database.prepare<[string], SubscriptionRow>(
    `${selectSubscription} WHERE ${isActive} AND s.nextDueAt <= ? ORDER BY s.query, s.id`,
  );
  const selectAll = database.prepare<[], SubscriptionRow>(
    `${selectSubscription} WHERE ${isActive} ORDER BY s.query, s.id`,
  );

  const enqueue = (nowMs: number, day: Day | null): number => {
    const now = toInstant(nowMs);
    noteDay.run(toDay(nowMs));
    if (purge.run(toInstant(nowMs - unconfirmedDays * dayMs), unconfirmedDays).changes > 0) purgeSubscribers.run();
    if (day !== null) return insertAll.run({ now, day }).changes;
    const { changes } = insertDue.run({ now, nowMs });
    advance.run({ now, nowMs, latest: toInstant(nowMs + dueWithinMs) });
    return changes;
  };
  return {
    enqueue: database.transaction(enqueue).immediate,
    due: (nowMs, day) => (day === null ? selectDue.all(toInstant(nowMs)) : selectAll.all()).map(toSubscription),
  };
}

function defineSlots(database: Database): void {
  const latest = cacheSlots(latestSlot);
  const next = cacheSlots(nextSlot);
  const define = (name: string, answer: (schedule: string, nowMs: number) => string) =>
    database.function(name, { deterministic: true }, (weekdays, hour, timeZone, nowMs) =>
      answer(JSON.stringify({ weekdays, hour, timeZone }), Number(nowMs)),
    );
  define('latest_slot_day', (schedule, nowMs) => latest(schedule, nowMs).day);
  define('next_slot_at', (schedule, nowMs) => toInstant(next(schedule, nowMs).atMs));
}

/** Caches the slots of one moment, because most subscriptions share a few schedules. */
function cacheSlots(compute: typeof nextSlot): (schedule: string, nowMs: number) => Slot {
  const known = new Map<string, Slot>();
  let of = Number.NaN;
  return (text, nowMs) => {
    if (of !== nowMs) known.clear();
    of = nowMs;
    const slot = known.get(text) ?? compute(toSchedule(JSON.parse(text)), nowMs);
    known.set(text, slot);
    return slot;
  };
}
