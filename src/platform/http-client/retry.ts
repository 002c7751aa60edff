/** Decides when to retry: which statuses are transient, the server's `Retry-After`, and our backoff. */

import { restMsMax } from '#core/ports/fetching.ts';
import { parseHttpDate } from '#platform/clock.ts';

const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Returns whether a status is a transient error. */
export function isTransient(status: number): boolean {
  return transientStatuses.has(status);
}

/** Limits a date with a wrong year, which would block a source for good. */
const delayMaxMs = 7 * 86_400_000;

/**
 * Returns the delay in ms that the server requests, a week at most, or null. Reads `Retry-After` (RFC 9110 § 10.2.3),
 * else the reset time of a `RateLimit` header without remaining quota.
 */
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

/** Exponential backoff with full jitter: clients that fail together do not retry together. `attempt` starts at 0. */
export function backoffMs(attempt: number, { baseMs, capMs }: Backoff, random: () => number): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** attempt));
}
