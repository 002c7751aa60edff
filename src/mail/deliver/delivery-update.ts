/** What becomes of a delivery after a try: done, given up, or tried again later. */
import { toInstant } from '#core/day.ts';
import type { MailOutcome } from '#core/ports/mail.ts';
import { type Delivery, type DeliveryUpdate, retryPauseMaxMs } from '#core/ports/subscriptions.ts';

const minuteMs = 60_000;
const firstPauseMs = 5 * minuteMs;
/** With the pauses between them more than a day. */
const failuresMax = 10;

/** `broken`: the mail could not even be made. */
export type AttemptOutcome = MailOutcome | { readonly kind: 'broken'; readonly reason: string };

export function toDeliveryUpdate({ id, failures }: Delivery, outcome: AttemptOutcome, nowMs: number): DeliveryUpdate {
  const done = { id, problem: null, nextTryAt: null, failed: false, suppress: false, unreachable: false };
  if (outcome.kind === 'sent') return { ...done, state: 'sent' };
  const failure = { ...done, problem: outcome.reason };
  const later = (ms: number) => toInstant(nowMs + ms);
  if (outcome.kind === 'unreachable')
    return { ...failure, state: 'queued', nextTryAt: later(minuteMs), unreachable: true };
  if (outcome.kind === 'refused' && outcome.final)
    return { ...failure, state: 'failed', failed: true, suppress: outcome.hard };
  if (failures + 1 >= failuresMax) return { ...failure, state: 'failed', failed: true };
  const state = outcome.kind === 'uncertain' ? 'uncertain' : 'queued';
  return { ...failure, state, failed: true, nextTryAt: later(Math.min(retryPauseMaxMs, firstPauseMs * 2 ** failures)) };
}
