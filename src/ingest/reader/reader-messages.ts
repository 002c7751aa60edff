/** What the thread that reads sources and the one that stores say to each other. */
import type { HttpGetOptions, HttpResponse, Validators } from '#core/ports/http-client.ts';
import type { FetchContext } from '#ingest/fetch-source.ts';
import type { SourceInput } from '#ingest/source.ts';

/** A file, or standard input where `path` is `-`, and how it is read. */
export type FileTask = Omit<SourceInput, 'bytes'> & {
  /** A name of the registry of file sources. */
  readonly source: string;
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
};

/** A source on the network and what it is asked for. */
export type FetchTask = {
  /** A name of the registry of fetch sources. */
  readonly source: string;
  readonly options: Readonly<Record<string, unknown>>;
};

export type ReaderTask =
  | ({ readonly kind: 'file' } & FileTask)
  | ({ readonly kind: 'fetch' } & FetchTask & Pick<FetchContext, 'endpoint' | 'cursor'>);

/** What the reading thread needs of the other one, which alone speaks with servers and the store. */
export type ReaderRequest =
  | { readonly kind: 'get'; readonly url: string; readonly options: Omit<HttpGetOptions, 'signal'> }
  | { readonly kind: 'validators'; readonly url: string };

export type ReaderMessage =
  /** JSON of events; each lot is acknowledged once it is taken. */
  | { readonly kind: 'lot'; readonly events: string }
  | { readonly kind: 'request'; readonly id: number; readonly request: ReaderRequest }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAt: string | null }
  | { readonly kind: 'end' };

export type StoringMessage =
  | { readonly kind: 'taken' }
  | { readonly kind: 'response'; readonly id: number; readonly value: HttpResponse | Validators | null }
  /** The server could not be asked. */
  | { readonly kind: 'failure'; readonly id: number; readonly reason: string; readonly retryAt: string | null };
