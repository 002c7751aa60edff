/** What a source on the network is: it asks through a port it is given, and says where an interrupted run may go on. */
import type { Day } from '#core/day.ts';
import type { HttpGet, Validators } from '#core/ports/http-client.ts';
import type { SourceEvent } from './source.ts';

/** An address and what its server gave to ask about changes with. */
export type Seen = { readonly url: string; readonly validators: Validators };

export type FetchEvent =
  | SourceEvent
  /** Once the records before it are stored, a later run may go on from `cursor` (null: from the start) and trust `seen`. */
  | { readonly kind: 'checkpoint'; readonly cursor: string | null; readonly seen: readonly Seen[] }
  /** A listing day that the source told of: its number of items (null when nothing has changed), and why it has none. */
  | { readonly kind: 'day'; readonly day: Day; readonly items: number | null; readonly reason: string | null };

export type FetchContext = {
  readonly get: HttpGet;
  /** `HF_ENDPOINT` or `ARXIV_ENDPOINT`, without a slash at the end. */
  readonly endpoint: string;
  /** Now, ISO 8601 in UTC: becomes `fetchedAt`, and bounds the days asked for. */
  now(): string;
  /** The cursor of the last checkpoint of a run that was interrupted; null for a new run. */
  readonly cursor: string | null;
  /** What an earlier run saw at an address; null to read it in full. */
  validatorsOf(url: string): Promise<Validators | null>;
  readonly signal?: AbortSignal | undefined;
};

/**
 * A source over the network. `fetch` rejects with a `FetchFailure` when its server cannot be asked or gives no usable answer; what it
 * said before stays true.
 */
export type FetchSource<Options> = {
  readonly name: string;
  fetch(context: FetchContext, options: Options): AsyncIterable<FetchEvent>;
};

export function defineFetchSource<Options>(source: FetchSource<Options>): FetchSource<Options> {
  return source;
}
