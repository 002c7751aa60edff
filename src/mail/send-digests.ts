/** Sends the delivery queue: finds each subscriber's new papers, writes the mail, sends it and updates the delivery. */

import type { Day } from '#core/day.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { Mailer } from '#core/ports/mail.ts';
import type {
  ClaimedDelivery,
  Delivery,
  DeliveryQueue,
  DeliveryUpdate,
  NewPaper,
  SenderLock,
} from '#core/ports/subscriptions.ts';
import type { MailWriter } from './compose/write-mail.ts';
import { toDeliveryUpdate } from './deliver/delivery-update.ts';
import type { DuePapers } from './deliver/due-papers.ts';

/** Mails in flight at once. If the process dies, the server may have accepted any of them. */
export const inFlightMax = 10;

export type Sender = {
  readonly ledger: AsyncPort<DeliveryQueue>;
  readonly lock: SenderLock;
  readonly mailer: Mailer;
  readonly writer: MailWriter;
  duePapers(): DuePapers;
  nowMs(): number;
  /** True while the process shuts down: `sendDigests` then starts no further batch. */
  isStopping(): boolean;
};

export type DigestReport = {
  /** Subscriptions whose digest this run enqueued. */
  readonly recipients: number;
  readonly sent: number;
  readonly failed: number;
  /** Deliveries with another attempt to come. */
  readonly postponed: number;
  /** Why the run ended early; null if it completed. */
  readonly stopped: string | null;
};

/**
 * Enqueues digests, then sends all queued deliveries. Returns null if another process is sending: it sends these too.
 * `target`: enqueue what is due now, the digest of one day for every active subscription, or nothing.
 */
export function sendDigests(sender: Sender, target: Day | 'due' | 'none'): Promise<DigestReport | null> {
  const { ledger, lock } = sender;
  return lock.runExclusively(async () => {
    await ledger.recover();
    const recipients = target === 'none' ? 0 : await ledger.enqueue(sender.nowMs(), target === 'due' ? null : target);
    const counts = { sent: 0, failed: 0, postponed: 0 };
    const duePapers = sender.duePapers();
    for (;;) {
      const waiting = sender.isStopping() ? [] : await ledger.waiting(sender.nowMs(), inFlightMax);
      if (waiting.length === 0) return { recipients, ...counts, stopped: null };
      const updates = await sendBatch(sender, duePapers, waiting);
      await ledger.update(updates, sender.nowMs());
      for (const { state } of updates) counts[state === 'sent' || state === 'failed' ? state : 'postponed'] += 1;
      const serverError = serverErrorOf(updates);
      if (serverError !== null) return { recipients, ...counts, stopped: serverError };
    }
  });
}

/** Writes each delivery's state to disk before its first byte goes over the wire. */
async function sendBatch(
  sender: Sender,
  duePapers: DuePapers,
  waiting: readonly Delivery[],
): Promise<DeliveryUpdate[]> {
  const nowMs = sender.nowMs();
  const unwritten: DeliveryUpdate[] = [];
  const ready: PreparedDelivery[] = [];
  for (const delivery of waiting) {
    try {
      ready.push({ delivery, newPapers: await findNewPapers(delivery, duePapers, nowMs) });
    } catch (error) {
      unwritten.push(toDeliveryUpdate(delivery, { kind: 'unwritten', reason: toMessage(error) }, nowMs));
    }
  }
  const claimed = await sender.ledger.claim(ready, nowMs);
  return [...unwritten, ...(await Promise.all(claimed.map((delivery) => sendOne(sender, delivery))))];
}

type PreparedDelivery = { readonly delivery: Delivery; readonly newPapers: readonly NewPaper[] };

async function findNewPapers(
  { kind, papers, subscription, digest }: Delivery,
  duePapers: DuePapers,
  nowMs: number,
): Promise<readonly NewPaper[]> {
  return kind === 'confirmation' || papers !== null ? [] : duePapers(subscription.query, digest, nowMs);
}

async function sendOne({ writer, mailer, nowMs }: Sender, delivery: ClaimedDelivery): Promise<DeliveryUpdate> {
  try {
    const mail = await writer.write(delivery);
    return toDeliveryUpdate(delivery, await mailer.send(mail), nowMs());
  } catch (error) {
    return toDeliveryUpdate(delivery, { kind: 'unwritten', reason: toMessage(error) }, nowMs());
  }
}

/** Returns the error if every delivery of a batch lost or never had a connection: all others would fail too. */
function serverErrorOf(updates: readonly DeliveryUpdate[]): string | null {
  const [first] = updates;
  const isDown = updates.every(({ unreachable, state }) => unreachable || state === 'uncertain');
  return first && isDown ? first.problem : null;
}

const toMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
