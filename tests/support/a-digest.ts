/** The digest with its own store, a clock that the test sets, and a mailer that records mails. */
import { onTestFinished } from 'vitest';
import { parseInstant } from '#core/day.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { Mail, MailContent, Mailer, MailOutcome } from '#core/ports/mail.ts';
import type { ClaimedDelivery, DeliveryQueue } from '#core/ports/subscriptions.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { createDigest } from '#mail/digest.ts';
import { createSmtpMailer } from '#platform/mail/smtp-mailer.ts';
import { openForDurableWriting } from '#store/sqlite/database.ts';
import { createDeliveryQueue } from '#store/sqlite/mail/delivery-queue.ts';
import { type MailLimits, mailLimits } from '#store/sqlite/mail/mail-limits.ts';
import { createSenderLock } from '#store/sqlite/mail/sender-lock.ts';
import { createSubscriptionStore } from '#store/sqlite/mail/subscription-store.ts';
import { aLibrary } from './a-library.ts';
import { aRecordInput, eventsOf } from './records.ts';
import { aTempStore } from './temp-store.ts';

/** A mail as its recipient sees it, with the outcome of the attempt. */
export type SentMail = Mail & Pick<MailContent, 'subject' | 'html' | 'text'> & { readonly outcome: MailOutcome };

/** A mailer that records mails. `decide` returns the outcome of each attempt. */
export function aMailbox(
  decide: (mail: Mail, n: number) => MailOutcome = () => ({ kind: 'sent' }),
): Mailer & { readonly mails: SentMail[] } {
  const mails: SentMail[] = [];
  return {
    mails,
    async send(mail) {
      const outcome = decide(mail, mails.length);
      const { subject, html, text, tokenHole } = mail.content;
      const address = (template: string) => template.replaceAll(tokenHole, mail.token);
      mails.push({ ...mail, subject, html: address(html), text: address(text), outcome });
      return outcome;
    },
    forget: () => {},
    close: () => {},
  };
}

export function anSmtpMailer(url: string): Mailer {
  const mailer = createSmtpMailer({ url, from: 'Paper Digest <digest@digest.example>', connections: 10 });
  onTestFinished(() => mailer.close());
  return mailer;
}

export function aDigest(mailer: Mailer = aMailbox(), start = '2025-12-15T10:00:00Z', limits: MailLimits = mailLimits) {
  const { file, writer } = aTempStore();
  const database = openForDurableWriting(file);
  onTestFinished(() => {
    database.close();
  });
  const clock = { nowMs: parseInstant(start) ?? 0 };
  const library = aLibrary(file);
  const ports = {
    library,
    subscriptions: createSubscriptionStore(database, limits),
    deliveries: createDeliveryQueue(database),
    lock: createSenderLock(file),
    mailer,
    mail: { mailHost: 'digest.example', leaveAddress: 'leave+us@digest.example' },
    nowMs: () => clock.nowMs,
  };
  const digest = createDigest(ports);
  return {
    ...ports,
    file,
    database,
    digest,
    /** Sets the clock. */
    at: (time: string) => {
      clock.nowMs = parseInstant(time) ?? Number.NaN;
    },
    ingest: (records: readonly Partial<PaperRecordInput>[]) =>
      ingestPapers(eventsOf(records.map(aRecordInput)), { writer }),
    /** Returns a form as the page sends it. */
    request: (fields: Readonly<Record<string, string>>, client = '192.0.2.1') =>
      digest.request(new URLSearchParams({ rhythm: 'daily', hour: '7', zone: 'UTC', ...fields }), client),
    /** Creates an active subscription without confirmation mails. */
    async subscribe(address: string, q = '', fields: Readonly<Record<string, string>> = {}): Promise<string> {
      const form = new URLSearchParams({ rhythm: 'daily', hour: '7', zone: 'UTC', address, q, ...fields });
      await digest.request(form, `192.0.2.${address.length}`);
      const [claimed] = await confirmationsOf(ports.deliveries, clock.nowMs);
      return claimed ? ((await ports.subscriptions.confirm(claimed.token, clock.nowMs)) ?? '') : '';
    },
  };
}

/** Claims the queued confirmations, marks them as sent and returns them. */
async function confirmationsOf(ledger: AsyncPort<DeliveryQueue>, nowMs: number): Promise<readonly ClaimedDelivery[]> {
  const waiting = (await ledger.waiting(nowMs, 1_000)).filter((delivery) => delivery.kind === 'confirmation');
  const claimed = await ledger.claim(
    waiting.map((delivery) => ({ delivery, newPapers: [] })),
    nowMs,
  );
  await ledger.update(
    claimed.map(({ id }) => ({
      id,
      state: 'sent',
      problem: null,
      nextTryAt: null,
      failed: false,
      suppress: false,
      unreachable: false,
    })),
    nowMs,
  );
  return claimed;
}

/** Returns the tokens in a mail, in order. */
export const tokensIn = (mail: { readonly text: string }): string[] =>
  [...mail.text.matchAll(/\/subscription\/([\w-]{43})/g)].map((match) => match[1] ?? '');
