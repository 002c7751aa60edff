/** Decides what becomes of a delivery after an attempt: sent, failed, or tried again later. */
import { toInstant } from '#core/day.ts';
import type { MailOutcome } from '#core/ports/mail.ts';
import { type Delivery, type DeliveryUpdate, retryPauseMaxMs } from '#core/ports/subscriptions.ts';

const minuteMs = 60_000;
const serverRetryMs = minuteMs;
const firstRetryMs = 5 * minuteMs;
/** With the delays between them, the tenth failure comes about 33 hours after the first. */
const failuresMax = 10;

/** `unwritten`: composing the mail failed, so no server saw it. */
export type AttemptOutcome = MailOutcome | { readonly kind: 'unwritten'; readonly reason: string };

const defaults = { problem: null, nextTryAt: null, failed: false, suppress: false, unreachable: false } as const;

export function toDeliveryUpdate({ id, failures }: Delivery, outcome: AttemptOutcome, nowMs: number): DeliveryUpdate {
  if (outcome.kind === 'sent') return { ...defaults, id, state: 'sent' };
  const update = { ...defaults, id, problem: outcome.reason };

  // The server is down for every recipient, so the attempt does not count against this one.
  if (outcome.kind === 'unreachable') {
    return { ...update, state: 'queued', nextTryAt: toInstant(nowMs + serverRetryMs), unreachable: true };
  }

  const failure = { ...update, failed: true };
  // RFC 5321 § 4.2.1: a 5yz reply is a permanent error, a 4yz reply a transient one.
  if (outcome.kind === 'refused' && outcome.final) return { ...failure, state: 'failed', suppress: outcome.hard };
  if (failures + 1 >= failuresMax) return { ...failure, state: 'failed' };

  // `uncertain`: the connection broke, and the server may have accepted the mail.
  const state = outcome.kind === 'uncertain' ? 'uncertain' : 'queued';
  return { ...failure, state, nextTryAt: toInstant(nowMs + retryDelayMs(failures)) };
}

/** Exponential backoff: 5, 10, 20 minutes, up to 12 hours. */
function retryDelayMs(failures: number): number {
  return Math.min(retryPauseMaxMs, firstRetryMs * 2 ** failures);
}
