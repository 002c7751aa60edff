/** Messages between the reader thread and the storing thread. */
import type { HttpGetOptions, HttpResponse, Validators } from '#core/ports/http-client.ts';
import type { FetchContext } from '#ingest/fetch-source.ts';
import type { SourceInput } from '#ingest/source.ts';

/** Reads a file, or standard input if `path` is `-`. */
export type FileTask = Omit<SourceInput, 'bytes'> & {
  /** Name in the registry of file sources. */
  readonly source: string;
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
};

export type FetchTask = {
  /** Name in the registry of fetch sources. */
  readonly source: string;
  readonly options: Readonly<Record<string, unknown>>;
};

export type ReaderTask =
  | ({ readonly kind: 'file' } & FileTask)
  | ({ readonly kind: 'fetch' } & FetchTask & Pick<FetchContext, 'endpoint' | 'cursor'>);

/** A request to the storing thread, which alone uses the network and the store. */
export type ReaderRequest =
  | { readonly kind: 'get'; readonly url: string; readonly options: Omit<HttpGetOptions, 'signal'> }
  | { readonly kind: 'validators'; readonly url: string };

export type ReaderMessage =
  /** A batch of events as JSON. The storing thread acknowledges it with `taken`. */
  | { readonly kind: 'lot'; readonly events: string }
  | { readonly kind: 'request'; readonly id: number; readonly request: ReaderRequest }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAt: string | null }
  | { readonly kind: 'end' };

export type StoringMessage =
  | { readonly kind: 'taken' }
  | { readonly kind: 'response'; readonly id: number; readonly value: HttpResponse | Validators | null }
  /** The HTTP request failed. */
  | { readonly kind: 'failure'; readonly id: number; readonly reason: string; readonly retryAt: string | null };
