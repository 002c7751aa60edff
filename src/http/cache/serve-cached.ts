/** Serves cacheable responses: each is rendered once per revision and then sent from memory. */

import type { Limiter } from '#http/limits/concurrency-limiter.ts';
import { createSharedWork, type SharedWork } from '#http/limits/shared-work.ts';
import type { Origin } from '#http/server/origin-client.ts';
import { type CacheEntriesOptions, createCacheEntries, type Revision } from './cache-entries.ts';
import type { CacheableRule } from './cache-rules.ts';
import { CachedResponse, isCacheable, toCachedResponse } from './cached-response.ts';
import { type Exchange, waitingOf } from './exchange.ts';
import { sendResponse } from './send-response.ts';

type Options = CacheEntriesOptions & { readonly origin: Origin; readonly limiter: Limiter };

/** For cheap responses: they skip the queue, and concurrent requests still share one rendering. */
const unlimited: Pick<Limiter, 'add' | 'remove'> = { add: (_, work) => void work.run(), remove: () => {} };

export function createCachedPages({ origin, limiter, ...options }: Options) {
  const cache = createCacheEntries(options);
  /** Responses being rendered. Concurrent requests for the same response share one rendering. */
  const running = new Map<string, SharedWork<CachedResponse>>();

  const make = async (rule: CacheableRule, before: Revision): Promise<CachedResponse> => {
    const made = await origin.ask({ url: rule.url, headers: rule.headers });
    if (!isCacheable(made)) return new CachedResponse(made);
    const answer = toCachedResponse(made);
    cache.keep(rule, answer, { before, read: made.revisions });
    return answer;
  };

  const begin = (rule: CacheableRule, before: Revision, key: string): SharedWork<CachedResponse> => {
    const begun = createSharedWork(rule.isQuick ? unlimited : limiter, {
      kind: 'page',
      make: () => make(rule, before),
      onOver: () => running.delete(key),
    });
    running.set(key, begun);
    return begun;
  };

  return {
    bytes: cache.bytes,
    count: cache.count,
    async serve({ request, response }: Exchange, rule: CacheableRule): Promise<void> {
      // Read the revision before rendering, so that a page never passes for newer than it is.
      const now = cache.revisionFor(rule);
      const found = cache.find(rule, now);
      const made = now === null ? 'fwd=bypass' : 'fwd=miss';
      response.setHeader('cache-status', `paper-digest; ${found ? 'hit' : made}`);
      const key = `${now} ${rule.key}`;
      const answer = found ?? (await (running.get(key) ?? begin(rule, now, key)).wait(waitingOf(request)));
      await sendResponse(answer, request, response);
      cache.measure(rule);
    },
  };
}
