/** Expected, permanent errors: a closed list of codes, each with its HTTP status. */
const errorStatus = {
  bad_request: 400,
  forbidden: 403,
  not_found: 404,
  too_large: 413,
  unprocessable: 422,
  too_many_requests: 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

const mark: unique symbol = Symbol.for('paper-digest.app-error');

/** An expected error with a message for the user. */
export class AppError extends Error {
  readonly [mark] = true;
  readonly code: ErrorCode;
  /** Extra members of the problem document (RFC 9457), such as the invalid parameter. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(
    code: ErrorCode,
    sentence: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(sentence, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
  /** Also recognizes errors from another copy of this module: Next bundles pages and route handlers separately. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && mark in value;
  }
  get status(): number {
    return errorStatus[this.code];
  }
}

const retryAfterSeconds = 2;

/**
 * Returns the `Retry-After` header (RFC 9110 § 10.2.3) of a transient error. `details.retryAfter` overrides the
 * default.
 */
export function retryAfter({ code, details }: AppError): Readonly<Record<string, string>> {
  const seconds = details.retryAfter ?? (code === 'unavailable' ? retryAfterSeconds : null);
  return seconds === null ? {} : { 'retry-after': String(seconds) };
}

/** Recognizes Node's and Next's errors for a client that closed the connection. They are not bugs. */
export function isClientGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (
    (code === 'ECONNRESET' && error.message === 'aborted') ||
    code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    error.name === 'ResponseAborted'
  );
}
