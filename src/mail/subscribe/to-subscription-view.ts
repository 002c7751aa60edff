/** Builds the view of a subscription's page. */
import type { PastDelivery, Subscription } from '#core/ports/subscriptions.ts';
import { type SubscriptionAction, subscriptionActions, subscriptionPath } from '#mail/links.ts';
import { hrefOf } from '#query/format-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { allPapersPath } from '#view/paths.ts';
import type { PastMailView, SubscriptionView } from '#view/subscription-view.ts';
import { toCountLabel, toPeriodDate, toTimeView } from '#view/text/labels.ts';
import { describeQuery, describeSchedule } from './describe-subscription.ts';
import { toChoiceView } from './subscription-form.ts';

export type SubscriptionContext = {
  readonly token: string;
  /** The action that led to the page: the `done` parameter of the address. */
  readonly done: string;
  readonly past: readonly PastDelivery[];
  readonly tagLabels: ReadonlyMap<string, string>;
};

const notices = new Map([
  ['confirm', 'Confirmed.'],
  ['change', 'Saved.'],
]);

export function toSubscriptionView(
  subscription: Subscription,
  { token, done, past, tagLabels }: SubscriptionContext,
): SubscriptionView {
  const { query } = parsePaperQuery(new URLSearchParams(subscription.query));
  return {
    state: subscription.state,
    notice: notices.get(done) ?? null,
    address: maskAddress(subscription.address),
    filter: describeQuery(query, tagLabels),
    rhythm: describeSchedule(subscription.schedule),
    next: subscription.nextDueAt === null ? null : toTimeView(subscription.nextDueAt),
    form: toChoiceView(subscription),
    listHref: hrefOf(allPapersPath, query),
    timeZones: timeZones(),
    past: past.map(toPastMail),
    suppressed: subscription.suppressed,
    actions: Object.fromEntries(
      subscriptionActions.map((action) => [action, subscriptionPath(token, action)]),
    ) as Record<SubscriptionAction, string>,
  };
}

/** Returns `a••••@example.org`. */
export function maskAddress(address: string): string {
  return `${address.slice(0, 1)}••••${address.slice(address.lastIndexOf('@'))}`;
}

export const timeZones = (): readonly string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

const states: Readonly<Record<PastDelivery['state'], string>> = {
  queued: 'waiting to be sent',
  sending: 'being sent',
  uncertain: 'interrupted, to be sent again',
  sent: 'sent',
  failed: 'could not be delivered',
  cancelled: 'cancelled',
  empty: 'nothing new, no mail',
};

function toPastMail({ digest, state, papers }: PastDelivery): PastMailView {
  const count = papers > 0 ? `${toCountLabel(papers, 'paper')}, ` : '';
  return { date: toPeriodDate(digest), label: `${count}${states[state]}` };
}
