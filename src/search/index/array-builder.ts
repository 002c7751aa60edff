/** Append-only builders of typed arrays. They grow with `ArrayBuffer.transfer`, which often avoids a copy. */

export class ByteBuilder {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  at(index: number): number {
    return this.#bytes[index] as number;
  }

  push(byte: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = byte;
  }

  /** Appends a LEB128 varint: seven bits per byte, lowest first. The high bit is set on all bytes but the last. */
  pushVarint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.push((rest & 127) | 128);
      rest >>>= 7;
    }
    this.push(rest);
  }

  append(source: Uint8Array, start = 0, end = source.length): void {
    const count = end - start;
    if (this.length + count > this.#bytes.length) this.#grow(count);
    // Called once per posting. For a few bytes a loop is several times faster than `subarray` and `set`.
    if (count < 32) for (let i = start; i < end; i++) this.#bytes[this.length++] = source[i] as number;
    else {
      this.#bytes.set(source.subarray(start, end), this.length);
      this.length += count;
    }
  }

  /** Returns the bytes written so far and leaves the builder empty. */
  finish(): Uint8Array<ArrayBuffer> {
    const result = new Uint8Array(this.#bytes.buffer.transfer(this.length));
    this.#bytes = new Uint8Array(0);
    this.length = 0;
    return result;
  }

  #grow(count: number): void {
    const capacity = Math.max(1024, Math.ceil(this.#bytes.length * 1.5), this.length + count);
    this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(capacity));
  }
}

/** Returns the length in bytes that `pushVarint` writes. */
export function varintLength(value: number): number {
  return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
}

export class IntBuilder {
  #ints: Uint32Array<ArrayBuffer> = new Uint32Array(256);
  length = 0;

  push(value: number): void {
    if (this.length === this.#ints.length) {
      this.#ints = new Uint32Array(this.#ints.buffer.transfer(Math.ceil(this.#ints.length * 1.5) * 4));
    }
    this.#ints[this.length++] = value;
  }

  at(index: number): number {
    return this.#ints[index] as number;
  }

  pushZeros(count: number): void {
    const end = this.length + count;
    // Memory beyond `length` was never written, so it is 0.
    if (end > this.#ints.length) {
      this.#ints = new Uint32Array(this.#ints.buffer.transfer(Math.max(end, Math.ceil(this.#ints.length * 1.5)) * 4));
    }
    this.length = end;
  }

  /** Sets bits of an integer below `length`. */
  orAt(index: number, bits: number): void {
    (this.#ints[index] as number) |= bits;
  }

  finish(): Uint32Array<ArrayBuffer> {
    const result = new Uint32Array(this.#ints.buffer.transfer(this.length * 4));
    this.#ints = new Uint32Array(0);
    this.length = 0;
    return result;
  }
}
