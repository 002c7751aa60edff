/** Errors of one request: permanent or transient. */

/** A retry cannot help: a forbidden address, a decompression bomb, an invalid redirect. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** One of our time limits has passed. */
export class ResponseTimeout extends Error {
  override readonly name = 'ResponseTimeout';
}

const certificateError = /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO)/;

export function isPermanent(error: unknown): boolean {
  if (error instanceof PermanentError) return true;
  const code = codeOf(error);
  return code === 'ENOTFOUND' || code === 'ABORT_ERR' || certificateError.test(code);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Returns the end of a sentence for people, such as `it refuses connections`. */
export function messageOf(error: unknown): string {
  if (error instanceof PermanentError || error instanceof ResponseTimeout) return error.message;
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'it refuses connections';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name cannot be resolved';
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'EPIPE')
    return 'the connection broke off';
  if (certificateError.test(code)) return `its certificate cannot be trusted (${code})`;
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI')) return 'the compressed answer is damaged';
  return error instanceof Error ? error.message : String(error);
}
