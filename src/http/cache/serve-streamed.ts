/** Answers requests for exports and sitemaps, which are sent as they are made. */
import type { Limiter } from '#http/limits/concurrency-limiter.ts';
import { createOpenStreams } from '#http/limits/open-streams.ts';
import { createSharedWork, Overloaded } from '#http/limits/shared-work.ts';
import type { Origin } from '#http/server/origin-client.ts';
import { type Exchange, fieldsFor, waitingOf } from './exchange.ts';

type Options = {
  readonly origin: Origin;
  readonly limiter: Limiter;
  /** That are open at once, however slowly they are read. */
  readonly streamsMax: number;
};

export function createStreams({ origin, limiter, streamsMax }: Options) {
  const open = createOpenStreams(streamsMax);
  return async ({ request, response, method, url }: Exchange): Promise<void> => {
    response.setHeader('cache-status', 'paper-digest; fwd=bypass');
    const waiting = waitingOf(request);
    if (!open.admit(waiting.client, response)) throw new Overloaded('Too many exports are open.');
    const asked = { url, method, headers: fieldsFor(request, false) };
    // It holds its place until its first bytes are there; from then on the origin lets few of them work at once.
    const work = createSharedWork(limiter, { kind: 'export', make: () => origin.stream(asked, response) });
    await (await work.wait(waiting)).sent;
  };
}
