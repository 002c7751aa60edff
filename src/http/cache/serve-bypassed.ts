/** Serves responses that are rendered for one request alone: private pages, writes and unknown addresses. */

import { overload, rejectRequest } from '#http/guard/reject-request.ts';
import type { Limiter } from '#http/limits/concurrency-limiter.ts';
import { createBodyReader } from '#http/limits/request-body.ts';
import { createSharedWork } from '#http/limits/shared-work.ts';
import type { Origin } from '#http/server/origin-client.ts';
import type { CacheRule } from './cache-rules.ts';
import { CachedResponse } from './cached-response.ts';
import { type Exchange, originHeaders, waiterOf } from './exchange.ts';
import { sendResponse } from './send-response.ts';

type Options = { readonly origin: Origin; readonly limiter: Limiter };
type BypassRule = Extract<CacheRule, { readonly kind: 'bypass' }>;

export function createBypassedPages({ origin, limiter }: Options) {
  const readBody = createBodyReader(overload);

  const serve = async (
    { request, response, method, url }: Exchange,
    { isPrivate }: BypassRule,
    body?: Buffer,
  ): Promise<void> => {
    const originRequest = {
      url,
      method: method === 'HEAD' ? 'GET' : method,
      headers: originHeaders(request, isPrivate),
      ...(body ? { body } : {}),
    };
    const work = createSharedWork(limiter, { kind: body ? 'write' : 'page', task: () => origin.fetch(originRequest) });
    await sendResponse(new CachedResponse(await work.wait(waiterOf(request))), request, response);
  };

  return async (exchange: Exchange, rule: BypassRule): Promise<void> => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(exchange.method)) return await serve(exchange, rule);
    await readBody(exchange.request, async (body) => {
      if (Buffer.isBuffer(body)) await serve(exchange, rule, body);
      else rejectRequest(exchange.request, exchange.response, body);
    });
  };
}
