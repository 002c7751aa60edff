/** Converts between subscriptions and rows. */
import type { Day } from '#core/day.ts';
import type { MailAddress } from '#core/ports/mail.ts';
import type { Subscription, SubscriptionState } from '#core/ports/subscriptions.ts';
import type { Schedule } from '#core/schedule.ts';

export type SubscriptionRow = {
  readonly id: number;
  readonly subscriberId: number;
  readonly address: string;
  readonly suppressedBecause: string | null;
  readonly query: string;
  readonly weekdays: string;
  readonly hour: number;
  readonly timeZone: string;
  readonly mailsEmpty: number;
  readonly state: SubscriptionState;
  readonly sinceKey: number;
  readonly sinceDay: Day;
  readonly nextDueAt: string | null;
};

/** Append conditions. `s` is the subscription, `b` its subscriber. */
export const selectSubscription =
  'SELECT s.*, b.address, b.suppressedBecause FROM Subscription s JOIN Subscriber b ON b.id = s.subscriberId';

export function toSubscription(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    address: row.address as MailAddress,
    query: row.query,
    schedule: toSchedule(row),
    mailsEmpty: row.mailsEmpty === 1,
    state: row.state,
    since: { key: row.sinceKey, day: row.sinceDay },
    nextDueAt: row.nextDueAt,
    suppressed: row.suppressedBecause,
  };
}

export function toSchedule({
  weekdays,
  hour,
  timeZone,
}: Pick<SubscriptionRow, 'weekdays' | 'hour' | 'timeZone'>): Schedule {
  return { weekdays: [...weekdays].map(Number), hour, timeZone };
}

export function toScheduleColumns({ weekdays, hour, timeZone }: Schedule): {
  weekdays: string;
  hour: number;
  timeZone: string;
} {
  return { weekdays: weekdays.join(''), hour, timeZone };
}
