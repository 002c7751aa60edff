/** Serves cacheable responses: each is rendered once per revision and then sent from memory. */

import type { Limiter } from '#http/limits/concurrency-limiter.ts';
import { createSharedWork, type SharedWork } from '#http/limits/shared-work.ts';
import type { Origin } from '#http/server/origin-client.ts';
import { type CacheEntriesOptions, createCacheEntries, type Revision } from './cache-entries.ts';
import type { CacheableRule } from './cache-rules.ts';
import { CachedResponse, isCacheable, toCachedResponse } from './cached-response.ts';
import { type Exchange, waiterOf } from './exchange.ts';
import { sendResponse } from './send-response.ts';

type Options = CacheEntriesOptions & { readonly origin: Origin; readonly limiter: Limiter };

/** For cheap responses: they skip the queue, and concurrent requests still share one rendering. */
const unlimited: Pick<Limiter, 'add' | 'remove'> = { add: (_, work) => void work.run(), remove: () => {} };

export function createCachedPages({ origin, limiter, ...options }: Options) {
  const cache = createCacheEntries(options);
  /** Responses being rendered. Concurrent requests for the same response share one rendering. */
  const running = new Map<string, SharedWork<CachedResponse>>();

  const render = async (rule: CacheableRule, before: Revision): Promise<CachedResponse> => {
    const rendered = await origin.fetch({ url: rule.url, headers: rule.headers });
    if (!isCacheable(rendered)) return new CachedResponse(rendered);
    const cached = toCachedResponse(rendered);
    cache.store(rule, cached, { before, read: rendered.revisions });
    return cached;
  };

  const startRender = (rule: CacheableRule, before: Revision, key: string): SharedWork<CachedResponse> => {
    const work = createSharedWork(rule.skipsLimiter ? unlimited : limiter, {
      kind: 'page',
      task: () => render(rule, before),
      onEnd: () => running.delete(key),
    });
    running.set(key, work);
    return work;
  };

  return {
    bytes: cache.bytes,
    count: cache.count,
    async serve({ request, response }: Exchange, rule: CacheableRule): Promise<void> {
      // Read the revision before rendering, so that a page never passes for newer than it is.
      const revision = cache.revisionFor(rule);
      const found = cache.find(rule, revision);
      const missStatus = revision === null ? 'fwd=bypass' : 'fwd=miss';
      response.setHeader('cache-status', `paper-digest; ${found ? 'hit' : missStatus}`);
      const key = `${revision} ${rule.key}`;
      const cached = found ?? (await (running.get(key) ?? startRender(rule, revision, key)).wait(waiterOf(request)));
      await sendResponse(cached, request, response);
      cache.measure(rule);
    },
  };
}
