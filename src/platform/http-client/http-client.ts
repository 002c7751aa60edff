/** The HTTP client for all sources: paces requests per server, retries transient errors and honors `Retry-After`. */
import { FetchFailure, type HttpGet, type HttpGetOptions, type HttpResponse } from '#core/ports/http-client.ts';
import { type Clock, systemClock, toIso } from '#platform/clock.ts';
import { createCircuit } from './circuit.ts';
import { isPermanent, messageOf, PermanentError } from './errors.ts';
import type { HostRule, HostRules } from './hosts.ts';
import type { PaceStore } from './pace.ts';
import { defaultLimits, type Limits, type ReceivedResponse, requestOnce } from './request.ts';
import { type Backoff, backoffMs, isTransient, parseRetryAfter } from './retry.ts';

export type HttpSettings = {
  readonly rules: HostRules;
  readonly pace: PaceStore;
  /** Origins such as `http://127.0.0.1:4000` that may have a private address: the operator configured them. */
  readonly trustedOrigins: readonly string[];
  /** Names the project and the operator's contact. */
  readonly userAgent: string;
  readonly limits?: Partial<Limits>;
  readonly backoff?: Backoff;
  /** Gives up if `Retry-After` asks for a longer delay. */
  readonly retryAfterMaxMs?: number;
  readonly clock?: Clock;
  readonly random?: () => number;
};

const attemptsMax = 5;
const redirectsMax = 5;

/** Returns a GET function; see `HttpGet` for its result and errors. */
export function createHttp(settings: HttpSettings): HttpGet {
  const {
    rules,
    pace,
    retryAfterMaxMs = 120_000,
    clock = systemClock,
    random = Math.random,
    backoff = { baseMs: 1_000, capMs: 60_000 },
  } = settings;
  const circuit = createCircuit(clock.nowMs);
  const enqueue = createHostQueues();

  /** Sends one request when the pace allows it. Follows redirects, each at the pace of its own server. */
  async function attempt(url: URL, options: HttpGetOptions, hops = 0): Promise<ReceivedResponse> {
    const rule = rules(url);
    for (let wait = await pace.reserve(rule.key, rule.pace); wait > 0; wait = await pace.reserve(rule.key, rule.pace)) {
      await clock.wait(wait, options.signal);
    }
    const isTrusted = settings.trustedOrigins.includes(url.origin);
    const limits = { ...defaultLimits, ...settings.limits };
    const response = await requestOnce(url, {
      headers: headersOf(options, settings.userAgent),
      limits,
      isTrusted,
      signal: options.signal,
    });
    const target = redirectTarget(response, url, settings.trustedOrigins);
    if (!target) return response;
    if (hops >= redirectsMax) throw new PermanentError(`it redirects more than ${redirectsMax} times`);
    return attempt(target, options, hops + 1);
  }

  async function requestWithRetries(url: URL, rule: HostRule, options: HttpGetOptions): Promise<ReceivedResponse> {
    let reason = '';
    let retryAtMs: number | null = null;
    for (let attempts = 0; attempts < attemptsMax; attempts++) {
      const outcome = await attempt(url, options).catch((error: unknown) => ({ error }));
      options.signal?.throwIfAborted();
      if (!('error' in outcome) && !isTransient(outcome.status)) {
        circuit.succeeded(rule.key);
        return outcome;
      }
      if ('error' in outcome && isPermanent(outcome.error))
        throw failureOf(url, messageOf(outcome.error), null, outcome.error);
      const retryAfterMs = 'error' in outcome ? null : parseRetryAfter(outcome.headers, clock.nowMs());
      reason = 'error' in outcome ? messageOf(outcome.error) : `it answers with status ${outcome.status}`;
      retryAtMs = retryAfterMs === null ? null : clock.nowMs() + retryAfterMs;
      if (retryAfterMs !== null && retryAfterMs > retryAfterMaxMs) break;
      if (attempts < attemptsMax - 1)
        await clock.wait(retryAfterMs ?? backoffMs(attempts, backoff, random), options.signal);
    }
    circuit.failed(rule.key, retryAtMs ?? undefined);
    throw failureOf(url, reason, retryAtMs ?? circuit.openUntil(rule.key));
  }

  return (url, options) => {
    const rule = rules(url);
    // One request at a time per server. Queued requests do not connect.
    return enqueue(rule.key, async () => {
      const untilMs = circuit.openUntil(rule.key);
      if (untilMs !== null) throw failureOf(url, 'it failed several times and is left alone for now', untilMs);
      return toHttpResponse(await requestWithRetries(url, rule, options));
    });
  };
}

function createHostQueues() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const queued = (last.get(key) ?? Promise.resolve()).then(task, task);
    last.set(key, queued);
    return queued;
  };
}

function headersOf({ accept, validators }: HttpGetOptions, userAgent: string): Record<string, string> {
  return {
    accept,
    'accept-encoding': 'gzip, br, deflate',
    'user-agent': userAgent,
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

/** Returns the target of a redirect, or null. Throws for schemes other than http(s) and for a downgrade from https. */
function redirectTarget(
  { status, headers }: ReceivedResponse,
  url: URL,
  trustedOrigins: readonly string[],
): URL | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const target = URL.parse(headers.location ?? '', url);
  if (!target || !/^https?:$/.test(target.protocol)) throw new PermanentError('it redirects to no web address');
  const isDowngrade = url.protocol === 'https:' && target.protocol === 'http:';
  if (isDowngrade && !trustedOrigins.includes(target.origin))
    throw new PermanentError('it redirects from https to http');
  return target;
}

function toHttpResponse({ status, headers, body }: ReceivedResponse): HttpResponse {
  const [etag, lastModified] = [headers.etag ?? null, headers['last-modified'] ?? null];
  const next = /<([^<>]*)>\s*;[^,]*\brel="?next"?/i.exec([headers.link ?? ''].flat().join(', '));
  return {
    status,
    unchanged: status === 304,
    body,
    validators: etag || lastModified ? { etag, lastModified } : null,
    next: next?.[1] ?? null,
  };
}

function failureOf(url: URL, reason: string, retryAtMs: number | null, cause?: unknown): FetchFailure {
  return new FetchFailure(`${url.host} could not be read: ${reason}.`, {
    retryAt: retryAtMs === null ? null : toIso(retryAtMs),
    cause,
  });
}
