/** When to ask again: which answers pass, how long a server wants to be left alone, how long we wait by ourselves. */

import { restMsMax } from '#core/ports/fetching.ts';
import { parseHttpDate } from '#platform/clock.ts';

const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether a status tells of a trouble that passes; every other one is an answer. */
export function isTransient(status: number): boolean {
  return transientStatuses.has(status);
}

/** No server means more: a mistaken year would silence a source for good. */
const delayMaxMs = 7 * 86_400_000;

/** At most a week: `Retry-After` in seconds or as a date, else the seconds to the next window of a `RateLimit` header that has nothing left; null without. */
export function parseRetryAfter(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  nowMs: number,
): number | null {
  const delayMs = readDelay(headers, nowMs);
  return delayMs === null ? null : Math.min(delayMs, restMsMax);
}

function readDelay(headers: Readonly<Record<string, string | string[] | undefined>>, nowMs: number): number | null {
  const text = String(headers['retry-after'] ?? '').trim();
  if (/^\d{1,9}$/.test(text)) return Math.min(delayMaxMs, Number(text) * 1000);
  const date = parseHttpDate(text);
  if (date !== null) return Math.min(delayMaxMs, Math.max(0, date - nowMs));
  const limit = /;\s*r=0\s*;\s*t=(\d{1,6})/.exec(String(headers.ratelimit ?? ''));
  return limit ? Number(limit[1]) * 1000 : null;
}

export type Backoff = { readonly baseMs: number; readonly capMs: number };

/** Full jitter: anywhere between nothing and the doubled bound, so that many who failed together do not come back together. */
export function backoffMs(attempt: number, { baseMs, capMs }: Backoff, random: () => number): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** attempt));
}
