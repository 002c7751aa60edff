/** Parses the subscription form into choices, and formats choices as form fields. */

import type { Condition } from '#core/condition.ts';
import { type MailAddress, parseMailAddress } from '#core/ports/mail.ts';
import type { SubscriptionChoice } from '#core/ports/subscriptions.ts';
import { type Schedule, ScheduleSchema } from '#core/schedule.ts';
import { toQuery } from '#query/edit-query.ts';
import { formatPaperQuery, formatQueryText } from '#query/format-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import type { SubscriptionFormView } from '#view/subscription-view.ts';

/** The form's own fields, next to those of a list's address. */
const formNames = ['address', 'rhythm', 'weekday', 'hour', 'zone', 'empty', 'website', 'do', 'problem'] as const;

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const workdays = [1, 2, 3, 4, 5];
const defaults: SubscriptionFormView = {
  q: '',
  rhythm: 'daily',
  weekdays: workdays,
  hour: 7,
  timeZone: 'UTC',
  mailsEmpty: false,
};

export type ReadForm = {
  readonly address: MailAddress | null;
  readonly query: PaperQuery;
  /** Null if the hour or the time zone is invalid. */
  readonly choice: SubscriptionChoice | null;
  /** A bot filled in the honeypot field. */
  readonly isTrapped: boolean;
};

export function readForm(form: URLSearchParams): ReadForm {
  const query = readSubscribableQuery(form).query;
  const schedule = readSchedule(form);
  return {
    address: parseMailAddress(form.get('address') ?? ''),
    query,
    choice: schedule && { query: formatPaperQuery(query).toString(), schedule, mailsEmpty: form.get('empty') === '1' },
    isTrapped: (form.get('website') ?? '') !== '',
  };
}

/** Returns the filter without order and listing days, with notes for the reader. Mails come after a listing's day. */
export function readSubscribableQuery(params: URLSearchParams) {
  const { query, problems } = parsePaperQuery(params, { otherNames: formNames });
  const where = query.where.filter((condition) => !isPast(condition));
  const notes = problems.map((problem) => problem.message);
  if (where.length < query.where.length)
    notes.push('The days of listing are left out: a subscription is about what is listed from now on.');
  return { query: toQuery(where), notes };
}

const isPast = (condition: Condition): boolean => condition.kind === 'listedOn';

function readSchedule(form: URLSearchParams): Schedule | null {
  const rhythm = form.get('rhythm') ?? defaults.rhythm;
  const chosen = form.getAll('weekday').map(Number);
  const weekdays =
    rhythm === 'daily' ? everyDay : rhythm === 'weekly' ? [chosen[0] ?? 1] : chosen.length > 0 ? chosen : workdays;
  const hour = /^\d{1,2}$/.test(form.get('hour') ?? '') ? Number(form.get('hour')) : defaults.hour;
  return ScheduleSchema.safeParse({ weekdays, hour, timeZone: form.get('zone') || defaults.timeZone }).data ?? null;
}

/** Fills in the form from an address: a list's filter and earlier choices. */
export function toFormView(params: URLSearchParams): SubscriptionFormView {
  const { query, choice } = readForm(params);
  return choice === null ? { ...defaults, q: formatQueryText(query) } : toChoiceView(choice);
}

export function toChoiceView({ query, schedule, mailsEmpty }: SubscriptionChoice): SubscriptionFormView {
  const { weekdays, hour, timeZone } = schedule;
  return {
    q: formatQueryText(parsePaperQuery(new URLSearchParams(query)).query),
    rhythm: weekdays.length === 7 ? 'daily' : weekdays.length === 1 ? 'weekly' : 'weekdays',
    weekdays: weekdays.length === 7 ? workdays : weekdays,
    hour,
    timeZone,
    mailsEmpty,
  };
}
