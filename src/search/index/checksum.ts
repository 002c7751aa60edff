/** CRC-32 of byte arrays. It detects disk errors and truncated files, not deliberate changes. */
import { crc32 } from 'node:zlib';

const chunkBytes = 1 << 24;

/** Returns the CRC-32 of the concatenated parts. Calls `pause` between chunks of 16 MiB so that other work can run. */
export async function checksumOf(parts: readonly Uint8Array[], pause: () => Promise<void>): Promise<number> {
  let sum = 0;
  for (const part of parts) {
    for (let start = 0; start < part.length; start += chunkBytes) {
      sum = crc32(part.subarray(start, start + chunkBytes), sum);
      if (part.length > chunkBytes) await pause();
    }
  }
  return sum;
}
