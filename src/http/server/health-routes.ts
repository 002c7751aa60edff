/** Serves `/livez`, `/readyz` and `/api/health` from the front thread, even while the main thread hangs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toOriginForm } from '#http/guard/request-target.ts';
import type { Readiness } from '#platform/readiness.ts';
import type { Heartbeat } from './heartbeat.ts';

/** Returns whether it has responded. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;
type Reply = { readonly status: number; readonly type: string; readonly body: string };

export type HealthOptions = {
  readonly heartbeat: Pick<Heartbeat, 'isAlive' | 'readiness'>;
  /** Returns the store's revision. Throws if the store does not respond. */
  readonly revision: () => number;
};

/** How often a waiting `/api/health` request checks the heartbeat of the main thread. */
const pollMs = 250;

export function createHealthRoutes(options: HealthOptions): Intercept {
  const replies: Readonly<Record<string, () => Reply | null>> = {
    '/livez': () => live(options),
    '/readyz': () => ready(options),
    '/api/health': () => unhealthy(options),
  };
  return (request, response) => {
    const path = toOriginForm(request.url)?.replace(/[?#].*$/s, '') ?? '';
    // The page cache or the main thread responds when healthy. The API handles other methods.
    if (path === '/api/health' && !isRead(request)) return false;
    const result = Object.hasOwn(replies, path) ? replies[path]?.() : null;
    if (result) reply(request, response, result);
    else if (path === '/api/health') replyWhenUnhealthy(options, request, response);
    return Boolean(result);
  };
}

function live({ heartbeat }: HealthOptions): Reply {
  const isAlive = heartbeat.isAlive();
  return {
    status: isAlive ? 200 : 503,
    type: 'text/plain; charset=utf-8',
    body: isAlive ? 'ok' : 'The server does not respond.',
  };
}

function ready(options: HealthOptions): Reply {
  const error = errorOf(options);
  const index: Readiness['index'] = options.heartbeat.readiness()?.index ?? { state: 'building', done: 0, total: 0 };
  const isReady = error === null && index.state === 'ok';
  const progress = index.state === 'building' ? { done: index.done, total: index.total } : {};
  const body = JSON.stringify({ ready: isReady, store: error ?? 'ok', index: index.state, ...progress });
  return { status: isReady ? 200 : 503, type: 'application/json', body };
}

/** Returns an error in the API's format; null if the server is healthy. */
function unhealthy(options: HealthOptions): Reply | null {
  const detail = errorOf(options);
  if (detail === null) return null;
  const body = JSON.stringify({ type: 'about:blank', status: 503, title: 'Unavailable', detail, code: 'unavailable' });
  return { status: 503, type: 'application/problem+json', body };
}

/** Returns why no page can be rendered from the store; null if pages can. */
function errorOf({ heartbeat, revision }: HealthOptions): string | null {
  if (!heartbeat.isAlive()) return 'The server does not respond.';
  const store = heartbeat.readiness()?.store ?? 'ok';
  if (store !== 'ok') return store;
  try {
    revision();
    return null;
  } catch {
    return 'The store does not answer.';
  }
}

/** An uncached health response comes from the main thread, which may start to hang meanwhile. */
function replyWhenUnhealthy(options: HealthOptions, request: IncomingMessage, response: ServerResponse): void {
  const timer = setInterval(() => {
    const result = options.heartbeat.isAlive() ? null : unhealthy(options);
    if (result && !response.headersSent) reply(request, response, result);
  }, pollMs);
  response.once('close', () => clearInterval(timer));
}

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

function reply(request: IncomingMessage, response: ServerResponse, { status, type, body }: Reply): void {
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (!isRead(request)) {
    response.writeHead(405, { ...headers, allow: 'GET, HEAD', 'content-length': 0 }).end();
    return;
  }
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
