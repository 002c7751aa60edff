/** Limits how many forms a client may send. The counts stay in memory, so no client address is stored. */
import { AppError } from '#core/errors.ts';
import { createLruCache } from '#core/lru-cache.ts';

export type RequestLimit = { readonly max: number; readonly perMs: number };

const minuteMs = 60_000;
const hourMs = 3_600_000;
const formLimit: RequestLimit = { max: 30, perMs: hourMs };
const clientsMax = 10_000;

/** Returns a function that counts a client's form. It throws `too_many_requests` above the limit. */
export function createFormCounter(nowMs: () => number): (client: string) => void {
  const formWaitMs = createRequestLimiter(formLimit);
  return (client) => {
    const waitMs = formWaitMs(client, nowMs());
    if (waitMs !== null) throw tooMany('Your network has sent as many forms as it may in one hour.', waitMs);
  };
}

/** The error's `retryAfter` is in seconds. */
export function tooMany(message: string, waitMs: number): AppError {
  const [count, unit] =
    waitMs > 2 * hourMs ? [Math.ceil(waitMs / hourMs), 'hour'] : [Math.ceil(waitMs / minuteMs), 'minute'];
  const wait = `Please try again in ${count} ${unit}${count === 1 ? '' : 's'}.`;
  return new AppError('too_many_requests', `${message} ${wait}`, { retryAfter: Math.ceil(waitMs / 1000) });
}

/** Returns a function that counts a request and returns null, or the ms until the client may send another. */
export function createRequestLimiter({ max, perMs }: RequestLimit): (client: string, nowMs: number) => number | null {
  const times = createLruCache<readonly number[]>({ isOver: ({ count }) => count > clientsMax });
  return (client, nowMs) => {
    // Times in the future come from before the clock was set back.
    const recent = (times.get(client) ?? []).filter((time) => time > nowMs - perMs && time <= nowMs);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= max) return oldest + perMs - nowMs;
    times.set(client, [...recent, nowMs]);
    return null;
  };
}
