/** Failures that are expected and final: a closed list of codes, each with its HTTP status. */
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

/** An expected failure with one sentence for the person who caused or meets it. */
export class AppError extends Error {
  readonly [mark] = true;
  readonly code: ErrorCode;
  /** Members of the problem document beside its sentence: which parameter, what else was wrong. */
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
  /** Also true of one made by another copy of this module: Next bundles pages and route handlers apart. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && mark in value;
  }
  get status(): number {
    return errorStatus[this.code];
  }
}

const retryAfterSeconds = 2;

/** The header field that says when to come back, for what passes by itself (RFC 9110 §10.2.3); the error may say it in `details.retryAfter`. */
export function retryAfter({ code, details }: AppError): Readonly<Record<string, string>> {
  const seconds = details.retryAfter ?? (code === 'unavailable' ? retryAfterSeconds : null);
  return seconds === null ? {} : { 'retry-after': String(seconds) };
}

/** As node says of a body whose sender hung up, and Next of an answer whose reader did: no fault of ours, and nobody is left to tell. */
export function isClientGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (
    (code === 'ECONNRESET' && error.message === 'aborted') ||
    code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    error.name === 'ResponseAborted'
  );
}
