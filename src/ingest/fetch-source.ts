/** Defines network sources: they fetch over an HTTP port and emit checkpoints, so that a later run can resume. */
import type { Day } from '#core/day.ts';
import type { HttpGet, Validators } from '#core/ports/http-client.ts';
import type { SourceEvent } from './source.ts';

/** A URL with the validators (RFC 9110 § 8.8) of its last response. */
export type SeenUrl = { readonly url: string; readonly validators: Validators };

export type FetchEvent =
  | SourceEvent
  /**
   * Once the records before it are stored, a later run may resume at `cursor`; null restarts from the beginning.
   * It may also send the validators in `seen`.
   */
  | { readonly kind: 'checkpoint'; readonly cursor: string | null; readonly seen: readonly SeenUrl[] }
  /** A listing day that was fetched. `items` is null if it is unchanged; `reason` explains an empty day. */
  | { readonly kind: 'day'; readonly day: Day; readonly items: number | null; readonly reason: string | null };

export type FetchContext = {
  readonly get: HttpGet;
  /** `HF_ENDPOINT` or `ARXIV_ENDPOINT`, without a trailing slash. */
  readonly endpoint: string;
  /** Current time, ISO 8601 in UTC. Becomes `fetchedAt` and limits the requested days. */
  now(): string;
  /** Cursor of the interrupted run's last checkpoint; null for a new run. */
  readonly cursor: string | null;
  /** Returns the stored validators of a URL; null requests the full representation. */
  validatorsOf(url: string): Promise<Validators | null>;
  readonly signal?: AbortSignal | undefined;
};

/**
 * A source that fetches over the network.
 * `fetch` rejects with a `FetchFailure` if the server is unreachable or its responses are unusable.
 * Events before the failure stay valid.
 */
export type FetchSource<Options> = {
  readonly name: string;
  fetch(context: FetchContext, options: Options): AsyncIterable<FetchEvent>;
};

export function defineFetchSource<Options>(source: FetchSource<Options>): FetchSource<Options> {
  return source;
}
