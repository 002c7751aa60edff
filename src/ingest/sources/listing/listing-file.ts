/** Collects a listing's bytes and decodes them. Throws `SourceRefused` for binary, malformed or large input. */
import { SourceRefused } from '#ingest/source.ts';

const listingBytesMax = 15_000_000;

/** Returns all bytes and yields their number after each chunk. Throws as soon as the limit is exceeded. */
export async function* collectBytes(
  chunks: AsyncIterable<Uint8Array>,
  size: number | null,
): AsyncGenerator<number, Uint8Array> {
  if (size !== null) rejectTooLarge(size);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    rejectTooLarge(length);
    yield length;
  }
  return Buffer.concat(parts);
}

function rejectTooLarge(bytes: number): void {
  if (bytes <= listingBytesMax) return;
  throw new SourceRefused(
    `The file has more than ${listingBytesMax.toLocaleString('en')} bytes, which no listing has; ingest its days one by one.`,
  );
}

/** Decodes UTF-8. Drops a truncated character at the end, because the truncated paper is reported anyway. */
export function decodeListing(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw new SourceRefused(
      `Line ${lineOf(bytes, nul)} holds a NUL byte (byte ${nul + 1}), so this is no text in UTF-8; save the page as plain text in UTF-8.`,
    );
  }
  try {
    return decode(bytes);
  } catch (error) {
    const line = findBadLine(bytes);
    throw new SourceRefused(`Line ${line} is not UTF-8; save the page as plain text in UTF-8.`, { cause: error });
  }
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });

function lineOf(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}

/** Returns the first line that is not UTF-8. Bisects, because every prefix before it is decodable. */
function findBadLine(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isDecodable(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return lineOf(bytes, bad - 1);
}

function isDecodable(bytes: Uint8Array): boolean {
  try {
    decode(bytes);
    return true;
  } catch {
    return false; // the caller searches for this prefix
  }
}
