/** Runs a network source in a test, with an HTTP client that never waits. */
import type { Day } from '#core/day.ts';
import type { HttpGet, Validators } from '#core/ports/http-client.ts';
import { type PaperRecord, PaperRecordSchema } from '#core/record.ts';
import type { FetchContext, FetchEvent, FetchSource, SeenUrl } from '#ingest/fetch-source.ts';
import type { Rejection } from '#ingest/source.ts';
import { createHttp, type HttpSettings } from '#platform/http-client/http-client.ts';

export const fetchedAt = '2025-12-31T12:00:00.000Z';

/** Returns an HTTP client that trusts the origins and has no rate limit. */
export function aHttp(trustedOrigins: readonly string[], settings: Partial<HttpSettings> = {}): HttpGet {
  return createHttp({
    rules: (url) => ({ key: url.origin, pace: { limit: 1_000_000, windowMs: 1 } }),
    pace: { reserve: async () => 0 },
    trustedOrigins,
    userAgent: 'paper-digest-tests',
    backoff: { baseMs: 1, capMs: 2 },
    limits: { connectMs: 5_000, headerMs: 5_000, idleMs: 5_000, totalMs: 10_000 },
    ...settings,
  });
}

export type Fetched = {
  readonly records: PaperRecord[];
  readonly rejected: Rejection[];
  readonly days: { day: Day; items: number | null; reason: string | null }[];
  readonly cursors: (string | null)[];
  readonly seen: Map<string, Validators>;
};

type Run = {
  readonly endpoint: string;
  readonly get?: HttpGet;
  readonly cursor?: string | null;
  readonly seen?: ReadonlyMap<string, Validators>;
  readonly now?: string;
};

/** Runs a source and returns its events by kind. Passes a failure to `onFailure`, else throws it. */
export async function runSource<Options>(
  source: FetchSource<Options>,
  options: Options,
  run: Run,
  onFailure?: (error: unknown) => void,
): Promise<Fetched> {
  const fetched: Fetched = { records: [], rejected: [], days: [], cursors: [], seen: new Map() };
  const context: FetchContext = {
    get: run.get ?? aHttp([run.endpoint]),
    endpoint: run.endpoint,
    now: () => run.now ?? fetchedAt,
    cursor: run.cursor ?? null,
    validatorsOf: async (url) => run.seen?.get(url) ?? null,
  };
  try {
    for await (const event of source.fetch(context, options)) collect(event, fetched);
  } catch (error) {
    if (!onFailure) throw error;
    onFailure(error);
  }
  return fetched;
}

function collect(event: FetchEvent, fetched: Fetched): void {
  if (event.kind === 'record') fetched.records.push(PaperRecordSchema.parse(event.record));
  else if (event.kind === 'rejected') fetched.rejected.push(event.rejection);
  else if (event.kind === 'day') fetched.days.push(event);
  else if (event.kind === 'checkpoint') {
    fetched.cursors.push(event.cursor);
    for (const { url, validators } of event.seen satisfies readonly SeenUrl[]) fetched.seen.set(url, validators);
  }
}
