/** Starts, changes, pauses and ends subscriptions. Call the methods inside transactions. */
import type { Database } from 'better-sqlite3';
import { toDay, toInstant } from '#core/day.ts';
import type { Subscription, SubscriptionChoice, SubscriptionStore } from '#core/ports/subscriptions.ts';
import { nextSlot } from '#core/schedule.ts';
import { type SubscriptionRow, selectSubscription, toScheduleColumns, toSubscription } from './subscription-rows.ts';
import { createTokenTable } from './tokens.ts';

type SubscriptionLife = Pick<SubscriptionStore, 'confirm' | 'change' | 'pause' | 'resume' | 'leave'> & {
  find(id: number): Subscription | null;
};

export function createSubscriptionLife(database: Database): SubscriptionLife {
  const select = database.prepare<[number], SubscriptionRow>(`${selectSubscription} WHERE s.id = ?`);
  const setState = database.prepare<[string, string | null, number]>(
    'UPDATE Subscription SET state = ?, nextDueAt = ? WHERE id = ?',
  );
  const cancel = database.prepare<[number]>(
    `UPDATE Delivery SET state = 'cancelled' WHERE subscriptionId = ? AND state IN ('queued', 'uncertain')`,
  );
  const start = createStarter(database);
  const write = createChange(database);
  const find = (id: number): Subscription | null => {
    const row = select.get(id);
    return row ? toSubscription(row) : null;
  };
  const end = (id: number, state: 'paused' | 'left') => {
    setState.run(state, null, id);
    cancel.run(id);
  };
  return {
    find,
    confirm: createConfirm(database, start),
    change(id, choice, nowMs) {
      const before = find(id);
      if (!before || before.state === 'left') return;
      write(id, choice);
      if (before.state !== 'active') return;
      // A new filter starts from now. Older papers that match it are not new.
      if (before.query !== choice.query) start({ ...before, ...choice }, nowMs);
      else setState.run('active', toInstant(nextSlot(choice.schedule, nowMs).atMs), id);
    },
    pause(id) {
      if (find(id)?.state === 'active') end(id, 'paused');
    },
    resume(id, nowMs) {
      const subscription = find(id);
      if (subscription?.state === 'paused') start(subscription, nowMs);
    },
    leave: (id) => end(id, 'left'),
  };
}

type Start = (subscription: Subscription, nowMs: number) => void;

/** If a subscriber has two subscriptions with the same filter, the one confirmed last stays. */
function createConfirm(database: Database, start: Start): SubscriptionStore['confirm'] {
  const tokens = createTokenTable(database);
  const select = database.prepare<[number], SubscriptionRow>(`${selectSubscription} WHERE s.id = ?`);
  const endDuplicates = database.prepare<[SubscriptionRow]>(
    `UPDATE Subscription SET state = 'left', nextDueAt = NULL
     WHERE subscriberId = :subscriberId AND query = :query AND id <> :id AND state IN ('active', 'paused')`,
  );
  return (token, nowMs) => {
    const opened = tokens.open(token, nowMs);
    const row = opened?.purpose === 'confirm' ? select.get(opened.subscriptionId) : undefined;
    if (row?.state !== 'pending') return null;
    tokens.spend(token, nowMs);
    endDuplicates.run(row);
    start(toSubscription(row), nowMs);
    return tokens.mint('manage', row.id, nowMs);
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

/** Starts a subscription now. Papers already stored are not new, except those in today's listing. */
function createStarter(database: Database): Start {
  const update = database.prepare(
    `UPDATE Subscription SET state = 'active', confirmedAt = coalesce(confirmedAt, :now), nextDueAt = :nextDueAt, sinceDay = :today,
     sinceKey = coalesce((SELECT max(key) FROM Paper), 0) WHERE id = :id`,
  );
  return ({ id, schedule }, nowMs) => {
    update.run({
      id,
      now: toInstant(nowMs),
      nextDueAt: toInstant(nextSlot(schedule, nowMs).atMs),
      today: toDay(nowMs),
    });
  };
}
