/** A listing's bytes as text, or the sentence why they are none. */
import { SourceRefused } from '#ingest/source.ts';

const listingBytesMax = 15_000_000;

/** Collects the chunks, yielding the bytes read so far, and returns them all; refused as soon as they are too many. */
export async function* collectBytes(
  chunks: AsyncIterable<Uint8Array>,
  size: number | null,
): AsyncGenerator<number, Uint8Array> {
  if (size !== null) refuseTooLarge(size);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    refuseTooLarge(length);
    yield length;
  }
  return Buffer.concat(parts);
}

function refuseTooLarge(bytes: number): void {
  if (bytes <= listingBytesMax) return;
  throw new SourceRefused(
    `The file has more than ${listingBytesMax.toLocaleString('en')} bytes, which no listing has; ingest its days one by one.`,
  );
}

/** The text of the bytes. A character cut off at their very end is left out, as the paper it stands in is reported anyway. */
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

/** The first line that cannot be decoded: bisected, as a prefix up to it can. */
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
    return false; // the caller looks for just this
  }
}
