/** How a source asks another server: one polite GET, its answer, and the failure that is left when asking again is of no use. */
import { AppError } from '#core/errors.ts';

/** What a server gave to ask "has it changed since?" with. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

export type HttpResponse = {
  /** 2xx, 304, or a 4xx that is an answer (its body may say why). */
  readonly status: number;
  /** Nothing new since the validators sent along; the body is empty. */
  readonly unchanged: boolean;
  /** Decompressed. */
  readonly body: Uint8Array;
  readonly validators: Validators | null;
  /** The target of `Link: …; rel="next"`, as it came. */
  readonly next: string | null;
};

export type HttpGetOptions = {
  readonly accept: string;
  readonly validators?: Validators | null;
  readonly signal?: AbortSignal | undefined;
};

/** Asks again by itself where that can help; rejects with a `FetchFailure` where it did not. */
export type HttpGet = (url: URL, options: HttpGetOptions) => Promise<HttpResponse>;

/** A server that cannot be asked now, or whose answer cannot be used. */
export class FetchFailure extends AppError {
  /** When asking again makes sense, ISO 8601 in UTC; null when that is not known. */
  readonly retryAt: string | null;
  constructor(sentence: string, options: { readonly retryAt?: string | null; readonly cause?: unknown } = {}) {
    super('unavailable', sentence, {}, { cause: options.cause });
    this.name = 'FetchFailure';
    this.retryAt = options.retryAt ?? null;
  }
  /** As for `AppError`, by name: another copy of this module may have made it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'FetchFailure';
  }
}
