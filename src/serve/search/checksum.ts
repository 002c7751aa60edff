/** A fast 32-bit checksum of bytes: finds what a disk or a half-written file breaks, not what an enemy forges. */

const chunkBytes = 1 << 24;

/** The checksum of the parts as one run of bytes. Pauses between chunks, so that a gigabyte stalls nobody. */
export async function checksumOf(parts: readonly Uint8Array[], pause: () => Promise<void>): Promise<number> {
  const sum = new Checksum();
  for (const part of parts) {
    for (let start = 0; start < part.length; start += chunkBytes) {
      sum.update(part.subarray(start, Math.min(part.length, start + chunkBytes)));
      if (part.length > chunkBytes) await pause();
    }
  }
  return sum.finish();
}

/** MurmurHash3 of 32 bits, which its author put in the public domain. */
class Checksum {
  #hash = 0;
  #length = 0;
  /** Bytes short of a word, and how many. */
  #rest = 0;
  #restBytes = 0;

  update(bytes: Uint8Array): void {
    let at = 0;
    this.#length += bytes.length;
    while (at < bytes.length && this.#restBytes > 0) this.#addByte(bytes[at++] as number);
    const words = (bytes.length - at) >>> 2;
    const end = at + words * 4;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let hash = this.#hash;
    for (; at < end; at += 4) hash = step(hash, view.getUint32(at, true));
    this.#hash = hash;
    while (at < bytes.length) this.#addByte(bytes[at++] as number);
  }

  finish(): number {
    while (this.#restBytes > 0) this.#addByte(0);
    let hash = this.#hash ^ this.#length;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  #addByte(byte: number): void {
    this.#rest |= byte << (8 * this.#restBytes++);
    if (this.#restBytes < 4) return;
    this.#hash = step(this.#hash, this.#rest);
    this.#rest = this.#restBytes = 0;
  }
}

function step(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const mixed = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
