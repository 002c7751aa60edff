/** The front: checks each request, then serves it from the page cache or queues it for the origin. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { checkRequest } from '#http/guard/check-request.ts';
import { failure, overload, rejectRequest } from '#http/guard/reject-request.ts';
import { createConcurrencyLimiter } from '#http/limits/concurrency-limiter.ts';
import { ClientLeft, Overloaded } from '#http/limits/shared-work.ts';
import type { Origin } from '#http/server/origin-client.ts';
import type { IndexReadiness } from '#platform/readiness.ts';
import type { CacheEntriesOptions } from './cache-entries.ts';
import { type CacheRule, cacheRuleOf } from './cache-rules.ts';
import type { Exchange } from './exchange.ts';
import { createBypassedPages } from './serve-bypassed.ts';
import { createCachedPages } from './serve-cached.ts';
import { createStreams } from './serve-streamed.ts';
import { createIndexWait } from './wait-for-index.ts';

/** With two slots one page renders while the other one's search runs. More slots slow down every page. */
const limits = { slots: 2, slotTimeoutMs: 100, runningMax: { page: 4, write: 8, export: 2 }, queueMax: 100 } as const;
export const openStreamsMax = 200;
/** Delays the 503, so that a client that retries at once does not occupy the thread. */
const rejectionDelayMs = 1000;
const indexWaitLimitMs = 10_000;

export type PageCacheOptions = CacheEntriesOptions & {
  readonly origin: Origin;
  readonly streamsMax?: number;
  /** State of the search index. */
  readonly index?: () => IndexReadiness;
  /** How long feeds and exports wait for the complete index. */
  readonly indexWaitMs?: number;
  readonly onError?: (error: unknown) => void;
};

export function createPageCache({ origin, onError = console.error, ...options }: PageCacheOptions) {
  const { streamsMax = openStreamsMax, index = () => ({ state: 'ok' }), indexWaitMs = indexWaitLimitMs } = options;
  const limiter = createConcurrencyLimiter(limits);
  const cachedPages = createCachedPages({ origin, limiter, ...options });
  const serveBypassed = createBypassedPages({ origin, limiter });
  const serveStream = createStreams({ origin, limiter, streamsMax });

  const waitForIndex = createIndexWait({ index, limitMs: indexWaitMs });

  const serve = async (exchange: Exchange, rule: CacheRule): Promise<void> => {
    const rejection = await waitForIndex(exchange);
    if (rejection) rejectRequest(exchange.request, exchange.response, rejection);
    else if (rule.kind === 'cache') await cachedPages.serve(exchange, rule);
    else if (rule.kind === 'bypass') await serveBypassed(exchange, rule);
    else await serveStream(exchange);
  };

  return {
    bytes: cachedPages.bytes,
    count: cachedPages.count,
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const checked = checkRequest(request);
      if ('rejection' in checked) return rejectRequest(request, response, checked.rejection);
      request.url = checked.url;
      try {
        await serve({ request, response, method: request.method ?? 'GET', url: checked.url }, cacheRuleOf(request));
      } catch (error) {
        if (error instanceof ClientLeft || request.socket.destroyed) return void response.destroy();
        if (error instanceof Overloaded) await delay(rejectionDelayMs);
        else onError(error);
        if (response.writableEnded) return; // the health routes responded meanwhile
        if (response.headersSent) response.destroy();
        else rejectRequest(request, response, error instanceof Overloaded ? overload : failure);
      }
    },
  };
}
