/** The one door to other servers: polite (a pace per server, who we are, when to come back) and stubborn (asks again where that helps). */
import { FetchFailure, type HttpGet, type HttpGetOptions, type HttpResponse } from '#core/ports/http-client.ts';
import { type Clock, systemClock, toIso } from '#platform/clock.ts';
import { createCircuit } from './circuit.ts';
import type { HostRule, HostRules } from './hosts.ts';
import type { PaceStore } from './pace.ts';
import { isPermanent, messageOf, PermanentError } from './problems.ts';
import { defaultLimits, type Limits, type ReceivedResponse, requestOnce } from './request.ts';
import { type Backoff, backoffMs, isTransient, parseRetryAfter } from './retry.ts';

export type HttpSettings = {
  readonly rules: HostRules;
  readonly pace: PaceStore;
  /** Origins (`http://127.0.0.1:4000`) that may have a private address: those the owner configured. */
  readonly trustedOrigins: readonly string[];
  /** Names the project, and how its owner is reached. */
  readonly userAgent: string;
  readonly limits?: Partial<Limits>;
  readonly backoff?: Backoff;
  /** A server that wants to be left alone for longer is not waited for. */
  readonly retryAfterMaxMs?: number;
  readonly clock?: Clock;
  readonly random?: () => number;
};

const attemptsMax = 5;
const redirectsMax = 5;

/** GET with everything a guest owes its host; see `HttpGet` for what it answers and how it fails. */
export function createHttp(settings: HttpSettings): HttpGet {
  const {
    rules,
    pace,
    retryAfterMaxMs: patienceMs = 120_000,
    clock = systemClock,
    random = Math.random,
    backoff = { baseMs: 1_000, capMs: 60_000 },
  } = settings;
  const circuit = createCircuit(clock.nowMs);
  const enqueue = createHostQueues();

  /** One start, when the pace allows it, following redirects; each further hop takes its own turn in its server's pace. */
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
      if (retryAfterMs !== null && retryAfterMs > patienceMs) break;
      if (attempts < attemptsMax - 1)
        await clock.wait(retryAfterMs ?? backoffMs(attempts, backoff, random), options.signal);
    }
    circuit.failed(rule.key, retryAtMs ?? undefined);
    throw failureOf(url, reason, retryAtMs ?? circuit.openUntil(rule.key));
  }

  return (url, options) => {
    const rule = rules(url);
    // One at a time for each server: what waits its turn does not even connect.
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

/** Where a redirect leads; a scheme other than http and https, and a step down from https, are refused. */
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

function failureOf(url: URL, problem: string, retryAtMs: number | null, cause?: unknown): FetchFailure {
  return new FetchFailure(`${url.host} could not be read: ${problem}.`, {
    retryAt: retryAtMs === null ? null : toIso(retryAtMs),
    cause,
  });
}
