/** The form of a subscription: what was sent read into choices, and choices written back into its fields. */

import type { Condition } from '#core/condition.ts';
import { type MailAddress, parseMailAddress } from '#core/ports/mail.ts';
import type { SubscriptionChoice } from '#core/ports/subscriptions.ts';
import { type Schedule, ScheduleSchema } from '#core/schedule.ts';
import { toQuery } from '#query/edit-query.ts';
import { formatPaperQuery, formatQueryText } from '#query/format-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import type { SubscriptionFormView } from '#view/subscription-view.ts';

/** Fields beside those of a list's address. */
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
  /** Null when the hour or the time zone is none. */
  readonly choice: SubscriptionChoice | null;
  /** A field that people do not see was filled in. */
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

/** The filter alone, and what was said of it: days of a listing are past when the mail comes, and a mail has its own order. */
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

/** The form as an address fills it in: the filter of a list, and what was chosen before. */
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
