/** The read flow on a timer: who is due → which papers → a mail each → sent once, or known to be uncertain. */

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

/** Mails handed over at the same time; of these the server may have had some when the process dies. */
export const inFlightMax = 10;

export type Sender = {
  readonly ledger: AsyncPort<DeliveryQueue>;
  readonly lock: SenderLock;
  readonly mailer: Mailer;
  readonly writer: MailWriter;
  duePapers(): DuePapers;
  nowMs(): number;
  /** The process is about to end: no further round is begun. */
  isStopping(): boolean;
};

export type DigestReport = {
  /** Subscriptions whose digest was begun now. */
  readonly recipients: number;
  readonly sent: number;
  readonly failed: number;
  /** To be tried again. */
  readonly postponed: number;
  /** Why the run ended early; null when it went to its end. */
  readonly stopped: string | null;
};

/**
 * Sends everything that waits, after freezing the recipients: those due now, with `day` every active subscription, with `none` nobody
 * (for confirmations). Null when another process is sending: it sends these too.
 */
export function sendDigests(sender: Sender, whom: Day | 'due' | 'none'): Promise<DigestReport | null> {
  const { ledger, lock } = sender;
  return lock.runExclusively(async () => {
    await ledger.recover();
    const recipients = whom === 'none' ? 0 : await ledger.enqueue(sender.nowMs(), whom === 'due' ? null : whom);
    const counts = { sent: 0, failed: 0, postponed: 0 };
    const duePapers = sender.duePapers();
    for (;;) {
      const waiting = sender.isStopping() ? [] : await ledger.waiting(sender.nowMs(), inFlightMax);
      if (waiting.length === 0) return { recipients, ...counts, stopped: null };
      const settlements = await sendRound(sender, duePapers, waiting);
      await ledger.update(settlements, sender.nowMs());
      for (const { state } of settlements) counts[state === 'sent' || state === 'failed' ? state : 'postponed'] += 1;
      const down = whatIsDown(settlements);
      if (down !== null) return { recipients, ...counts, stopped: down };
    }
  });
}

/** The state of each is on the disk before its first byte is on the wire. */
async function sendRound(
  sender: Sender,
  duePapers: DuePapers,
  waiting: readonly Delivery[],
): Promise<DeliveryUpdate[]> {
  const nowMs = sender.nowMs();
  const broken: DeliveryUpdate[] = [];
  const ready: Prepared[] = [];
  for (const delivery of waiting) {
    try {
      ready.push({ delivery, newPapers: await findNewPapers(delivery, duePapers, nowMs) });
    } catch (error) {
      broken.push(toDeliveryUpdate(delivery, { kind: 'broken', reason: toReason(error) }, nowMs));
    }
  }
  const claimed = await sender.ledger.claim(ready, nowMs);
  return [...broken, ...(await Promise.all(claimed.map((delivery) => sendOne(sender, delivery))))];
}

type Prepared = { readonly delivery: Delivery; readonly newPapers: readonly NewPaper[] };

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
    return toDeliveryUpdate(delivery, { kind: 'broken', reason: toReason(error) }, nowMs());
  }
}

/** The server answers none of a whole round, or hangs up on all of it: going on would only fail all the others. */
function whatIsDown(settlements: readonly DeliveryUpdate[]): string | null {
  const [first] = settlements;
  return first && settlements.every((one) => one.unreachable || one.state === 'uncertain') ? first.problem : null;
}

const toReason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
