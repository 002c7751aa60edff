/** Serves exports and sitemaps, which are sent while they are rendered. */
import type { Limiter } from '#http/limits/concurrency-limiter.ts';
import { createOpenStreams } from '#http/limits/open-streams.ts';
import { createSharedWork, Overloaded } from '#http/limits/shared-work.ts';
import type { Origin } from '#http/server/origin-client.ts';
import { type Exchange, originHeaders, waiterOf } from './exchange.ts';

type Options = {
  readonly origin: Origin;
  readonly limiter: Limiter;
  /** Limit of open exports, however slowly their clients read. */
  readonly streamsMax: number;
};

export function createStreams({ origin, limiter, streamsMax }: Options) {
  const open = createOpenStreams(streamsMax);
  return async ({ request, response, method, url }: Exchange): Promise<void> => {
    response.setHeader('cache-status', 'paper-digest; fwd=bypass');
    const waiter = waiterOf(request);
    if (!open.admit(waiter.client, response)) throw new Overloaded('Too many exports are open.');
    const originRequest = { url, method, headers: originHeaders(request, false) };
    // It holds its slot until the first bytes arrive. After that `export-limiter.ts` limits it.
    const work = createSharedWork(limiter, { kind: 'export', task: () => origin.stream(originRequest, response) });
    await (await work.wait(waiter)).sent;
  };
}
