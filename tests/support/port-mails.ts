/** Creates subscribers and mails for the contract suites, through the ports only. */

import type { PaperId } from '#core/paper.ts';
import { type MailAddress, parseMailAddress } from '#core/ports/mail.ts';
import type {
  ClaimedDelivery,
  Delivery,
  DeliveryUpdate,
  NewPaper,
  Subscription,
  SubscriptionChoice,
} from '#core/ports/subscriptions.ts';
import type { StorePorts } from './test-store.ts';

type Mails = Pick<StorePorts, 'book' | 'ledger'>;

/** Returns milliseconds since 1970. The default is a Monday morning. */
export const at = (time = '2025-12-15T10:00:00Z'): number => Date.parse(time);

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

export function anAddress(name: string): MailAddress {
  const address = parseMailAddress(name.includes('@') ? name : `${name}@example.org`);
  if (!address) throw new Error(`${name} is no address`);
  return address;
}

/** A schedule for every paper, daily at 07:00 UTC. */
export const aChoice = (overrides: Partial<SubscriptionChoice> = {}): SubscriptionChoice => ({
  query: '',
  schedule: { weekdays: [1, 2, 3, 4, 5, 6, 7], hour: 7, timeZone: 'UTC' },
  mailsEmpty: false,
  ...overrides,
});

export const sent = (id: number, overrides: Partial<DeliveryUpdate> = {}): DeliveryUpdate => ({
  id,
  state: 'sent',
  problem: null,
  nextTryAt: null,
  failed: false,
  suppress: false,
  unreachable: false,
  ...overrides,
});

/** Claims the queued deliveries, with the same new papers for each. */
export async function claimWaiting(
  { ledger }: Pick<StorePorts, 'ledger'>,
  nowMs: number,
  newPapers: readonly NewPaper[] = [],
  isWanted: (delivery: Delivery) => boolean = () => true,
): Promise<readonly ClaimedDelivery[]> {
  const waiting = (await ledger.waiting(nowMs, 1_000)).filter(isWanted);
  return ledger.claim(
    waiting.map((delivery) => ({ delivery, newPapers })),
    nowMs,
  );
}

/** Requests a subscription and returns the token of its confirmation mail. Empty if there is no mail. */
export async function request(
  ports: Mails,
  name: string,
  choice: SubscriptionChoice = aChoice(),
  nowMs = at(),
): Promise<string> {
  await ports.book.request(anAddress(name), choice, nowMs);
  const [mail] = await claimWaiting(
    ports,
    nowMs,
    [],
    ({ kind, subscription }) => kind === 'confirmation' && subscription.address === anAddress(name),
  );
  if (mail) await ports.ledger.update([sent(mail.id)], nowMs);
  return mail?.token ?? '';
}

export type Subscriber = { readonly id: number; readonly token: string };

/** Creates an active subscription. Returns it with its token. */
export async function subscribe(ports: Mails, name: string, choice = aChoice(), nowMs = at()): Promise<Subscriber> {
  const token = await ports.book.confirm(await request(ports, name, choice, nowMs), nowMs);
  const opened = token === null ? null : await ports.book.open(token, nowMs);
  if (token === null || opened === null) throw new Error(`${name} could not be subscribed`);
  return { id: opened.subscription.id, token };
}

/** Returns the subscription as its page shows it. */
export async function subscriptionOf(
  { book }: Pick<StorePorts, 'book'>,
  { token }: Subscriber,
  nowMs = at(),
): Promise<Subscription> {
  const opened = await book.open(token, nowMs);
  if (opened === null) throw new Error('the token opens nothing');
  return opened.subscription;
}

/** A paper whose key is greater than all others, so it counts as new. */
export const aNewPaper = (id: string, overrides: Partial<NewPaper> = {}): NewPaper => ({
  id: id as PaperId,
  key: 1_000_000,
  names: [id],
  listedOn: [],
  ...overrides,
});

/** Sends the digests that are due, and returns them. */
export async function sendDigests(
  ports: Mails,
  nowMs: number,
  newPapers: readonly NewPaper[],
): Promise<readonly ClaimedDelivery[]> {
  await ports.ledger.enqueue(nowMs, null);
  const claimed = await claimWaiting(ports, nowMs, newPapers);
  await ports.ledger.update(
    claimed.map(({ id }) => sent(id)),
    nowMs,
  );
  return claimed;
}
