/** The digest as routes, commands and the timer use it, each thing in one call. */

import type { Day } from '#core/day.ts';
import { AppError } from '#core/errors.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { MailAddress, Mailer } from '#core/ports/mail.ts';
import type { DeliveryQueue, SenderLock, SubscriptionStore } from '#core/ports/subscriptions.ts';
import { hrefOf } from '#query/format-query.ts';
import type { Library } from '#read/library.ts';
import type { SubscribeView, SubscriptionView } from '#view/subscription-view.ts';
import { type MailboxSummary, processMailbox } from './bounces/process-mailbox.ts';
import { readMailbox } from './bounces/read-mailbox.ts';
import { createMailWriter, type MailSettings } from './compose/write-mail.ts';
import { createDuePapers } from './deliver/due-papers.ts';
import { type PlannedDigest, planDigests } from './deliver/plan-digest.ts';
import {
  donePath,
  forgottenPath,
  isSubscriptionAction,
  isToken,
  requestedPath,
  subscribePath,
  subscriptionPath,
} from './links.ts';
import { type DigestReport, sendDigests } from './send-digests.ts';
import { withParams } from './subscribe/form-address.ts';
import { renderPreview, showSubscribe } from './subscribe/preview.ts';
import { createFormCounter, tooMany } from './subscribe/request-limits.ts';
import { readForm } from './subscribe/subscription-form.ts';
import { labelsOf } from './subscribe/tag-labels.ts';
import { toSubscriptionView } from './subscribe/to-subscription-view.ts';

export type DigestPorts = {
  readonly library: Library;
  readonly subscriptions: AsyncPort<SubscriptionStore>;
  readonly deliveries: AsyncPort<DeliveryQueue>;
  readonly lock: SenderLock;
  readonly mailer: Mailer;
  readonly mail: Omit<MailSettings, 'siteUrl'>;
  nowMs(): number;
};

export type Digest = ReturnType<typeof createDigest>;

const pastMailsMax = 30;

export function createDigest(ports: DigestPorts) {
  const { library, subscriptions, deliveries, mailer, nowMs } = ports;
  let isStopping = false;
  const sender = createSender(ports, () => isStopping);
  const countForm = createFormCounter(nowMs);

  return {
    showSubscribe: (params: URLSearchParams): Promise<SubscribeView> => showSubscribe(library, params),
    renderPreview: (params: URLSearchParams): Promise<string> => renderPreview(library, params),

    request: createRequest(ports, countForm),

    /** The page of a token, after the button `done`; null when it opens nothing. */
    async open(token: string, done = ''): Promise<SubscriptionView | null> {
      const opened = isToken(token) ? await subscriptions.open(token, nowMs()) : null;
      if (!opened || (opened.purpose === 'confirm' && opened.subscription.state !== 'pending')) return null;
      const { subscription } = opened;
      const past = await subscriptions.history(subscription.id, pastMailsMax);
      return toSubscriptionView(subscription, {
        token,
        done,
        past,
        tagLabels: await labelsOf(library.reader, subscription.query),
      });
    },

    /** Counts a form of a client; throws `too_many_requests` when the client sends too many. */
    countForm,

    /** What a button of that page does; answers where to go next, null when the token opens nothing. */
    async act(token: string, action: string, form: URLSearchParams): Promise<string | null> {
      if (!isToken(token) || !isSubscriptionAction(action)) return null;
      if (action === 'confirm') return afterConfirm(token, await subscriptions.confirm(token, nowMs()));
      const opened = await subscriptions.open(token, nowMs());
      if (opened?.purpose !== 'manage') return null;
      const { id, address } = opened.subscription;
      if (action === 'change') return change(id, form, token);
      if (action === 'resume') await subscriptions.resume(id, nowMs());
      else await subscriptions[action](id);
      if (action !== 'forget') return subscriptionPath(token);
      mailer.forget(address);
      await emptyLog(subscriptions);
      return forgottenPath;
    },

    /** Sends what waits and what is due; null when another process is sending. */
    sendDue: (): Promise<DigestReport | null> => sendDigests(sender, 'due'),
    /** Sends the digest of a day to every active subscription that has not had it. */
    sendDay: (day: Day): Promise<DigestReport | null> => sendDigests(sender, day),
    /** Sends what waits: confirmations, and what an earlier run left. */
    sendWaiting: (): Promise<DigestReport | null> => sendDigests(sender, 'none'),
    /** What `sendDue` or `sendDay` would send; changes nothing. */
    plan: (day: Day | null): Promise<readonly PlannedDigest[]> => planDigests(sender, library, day),
    nextDueAt: async () => deliveries.nextDueAt(),
    /** Lets the mails in flight come to their end and begins no others. */
    stop(): void {
      isStopping = true;
    },

    /** Reads a mail, or a file of mails, for reports about mails of ours and for wishes to leave. */
    readMailbox: async (raw: string): Promise<MailboxSummary> =>
      processMailbox(subscriptions, await readMailbox(raw), nowMs()),
    allow: async (address: MailAddress): Promise<boolean> => subscriptions.allow(address),
  };

  async function change(id: number, form: URLSearchParams, token: string): Promise<string> {
    const { choice } = readForm(form);
    if (!choice) return subscriptionPath(token);
    await subscriptions.change(id, choice, nowMs());
    return donePath(token, 'change');
  }
}

/**
 * Returns a function that takes a sent form and returns where to go next: the same whether the address is known or not, and whether
 * a mail goes out. It throws `too_many_requests` for a client that sends too many, and when the site has sent as many mails as it may.
 */
function createRequest({ subscriptions, nowMs }: DigestPorts, countForm: (client: string) => void) {
  return async (form: URLSearchParams, client: string): Promise<string> => {
    const { address, query, choice, isTrapped } = readForm(form);
    const again = (problem?: string) => withParams(hrefOf(subscribePath, query), form, problem);
    if (form.get('do') === 'preview') return again();
    countForm(client);
    if (address === null || choice === null) return again(address === null ? 'address' : 'schedule');
    const waitMs = isTrapped ? null : await subscriptions.request(address, choice, nowMs());
    if (waitMs !== null) throw tooMany('This site has sent as many confirmation e-mails as it may in one day.', waitMs);
    return requestedPath;
  };
}

function createSender({ library, deliveries, lock, mailer, mail, nowMs }: DigestPorts, isStopping: () => boolean) {
  const writer = createMailWriter(library, { siteUrl: library.siteUrl, ...mail });
  const duePapers = () => createDuePapers(library, deliveries);
  return { ledger: deliveries, lock, mailer, writer, nowMs, duePapers, isStopping };
}

/** While somebody reads for long, what was deleted stays in the log until it is written over. */
async function emptyLog(subscriptions: DigestPorts['subscriptions']): Promise<void> {
  try {
    await subscriptions.emptyLog();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

const afterConfirm = (token: string, manage: string | null): string =>
  manage === null ? subscriptionPath(token) : donePath(manage, 'confirm');
