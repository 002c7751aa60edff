/** The HTTP client of sources: a polite GET, its response, and the error that remains after retries. */
import { AppError } from '#core/errors.ts';

/** Validators of a conditional request (RFC 9110 § 8.8). */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

export type HttpResponse = {
  /** 2xx, 304, or a 4xx whose body may contain the reason. */
  readonly status: number;
  /** True for 304: the validators still match and the body is empty. */
  readonly unchanged: boolean;
  /** Decompressed. */
  readonly body: Uint8Array;
  readonly validators: Validators | null;
  /** The target of `Link: …; rel="next"`, unresolved. */
  readonly next: string | null;
};

export type HttpGetOptions = {
  readonly accept: string;
  readonly validators?: Validators | null;
  readonly signal?: AbortSignal | undefined;
};

/** Sends a GET and retries transient errors. Rejects with a `FetchFailure` when retries do not help. */
export type HttpGet = (url: URL, options: HttpGetOptions) => Promise<HttpResponse>;

/** The server cannot be reached now, or its response is unusable. */
export class FetchFailure extends AppError {
  /** When to retry, ISO 8601 in UTC. Null if unknown. */
  readonly retryAt: string | null;
  constructor(sentence: string, options: { readonly retryAt?: string | null; readonly cause?: unknown } = {}) {
    super('unavailable', sentence, {}, { cause: options.cause });
    this.name = 'FetchFailure';
    this.retryAt = options.retryAt ?? null;
  }
  /** Compares the name, as `AppError` does, because another copy of this module may have created the error. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'FetchFailure';
  }
}
