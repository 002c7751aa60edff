/** Holds requests for feeds and exports until the search index is complete. They take no render slot meanwhile. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Rejection } from '#http/guard/reject-request.ts';
import type { IndexReadiness } from '#platform/readiness.ts';
import { pathOf } from './cache-rules.ts';
import type { Exchange } from './exchange.ts';

export type IndexWaitOptions = { readonly index: () => IndexReadiness; readonly limitMs: number };

const pollMs = 100;
const retryAfterSeconds = 10;

/** Clients store these responses: feeds, exports, Hugging Face lists, and the data of the command palette. */
const needsWholeIndex = /^\/(?:feeds\/papers\.|api\/(?:daily_papers|papers(?:\/search)?|v1\/palette)$)/;

/** Returns null when the request may proceed, else the rejection. */
export function createIndexWait({ index, limitMs }: IndexWaitOptions) {
  return async ({ request, url }: Pick<Exchange, 'request' | 'url'>): Promise<Rejection | null> => {
    if (!needsWholeIndex.test(pathOf(url))) return null;
    const untilMs = performance.now() + limitMs;
    for (let now = index(); now.state === 'building'; now = index()) {
      if (performance.now() >= untilMs || request.socket.destroyed) return stillIndexing(now);
      await delay(pollMs);
    }
    return null;
  };
}

function stillIndexing({ done, total }: Extract<IndexReadiness, { readonly state: 'building' }>): Rejection {
  const progress = total > 0 ? ` (${done.toLocaleString('en')} of ${total.toLocaleString('en')} papers so far)` : '';
  return {
    status: 503,
    message: `The papers are still being indexed${progress}. Please try again in a few seconds.`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}
