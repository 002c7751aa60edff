/** Requests whose clients store what they get wait here for the whole search index: they hold up no page meanwhile. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Rejection } from '#http/guard/reject-request.ts';
import type { IndexReadiness } from '#platform/readiness.ts';
import { pathOf } from './cache-rules.ts';
import type { Exchange } from './exchange.ts';

export type IndexWaitOptions = { readonly index: () => IndexReadiness; readonly limitMs: number };

const lookEveryMs = 100;
const retryAfterSeconds = 10;

/** Feeds and exports, the lists of the Hugging Face API, and what the browser keeps of the papers for its palette. */
const ofWholeIndex = /^\/(?:feeds\/papers\.|api\/(?:daily_papers|papers(?:\/search)?|v1\/palette)$)/;

/** Null when the request may go on; else what its client is told. */
export function createIndexWait({ index, limitMs }: IndexWaitOptions) {
  return async ({ request, url }: Pick<Exchange, 'request' | 'url'>): Promise<Rejection | null> => {
    if (!ofWholeIndex.test(pathOf(url))) return null;
    const untilMs = performance.now() + limitMs;
    for (let now = index(); now.state === 'building'; now = index()) {
      if (performance.now() >= untilMs || request.socket.destroyed) return indexing(now);
      await delay(lookEveryMs);
    }
    return null;
  };
}

function indexing({ done, total }: Extract<IndexReadiness, { readonly state: 'building' }>): Rejection {
  const progress = total > 0 ? ` (${done.toLocaleString('en')} of ${total.toLocaleString('en')} papers so far)` : '';
  return {
    status: 503,
    sentence: `The papers are still being indexed${progress}. Please try again in a few seconds.`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}
