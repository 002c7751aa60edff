/** A fast 32-bit checksum of bytes: finds what a disk or a half-written file breaks, not what an enemy forges. */
import { crc32 } from 'node:zlib';

const chunkBytes = 1 << 24;

/** The checksum of the parts as one run of bytes. Pauses between chunks, so that a gigabyte stalls nobody. */
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
