/**
 * Reads the header of SQLite's write-ahead log (https://sqlite.org/fileformat2.html#walformat).
 * SQLite holds no locks on this file, so closing it here is safe.
 */
import { closeSync, openSync, readSync } from 'node:fs';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** Offset of the file change counter in the first page, in bytes. */
const changeCounterAt = 24;

/**
 * `empty` also if there is no log. `generation` changes each time SQLite restarts the log after a complete checkpoint.
 */
export type WalHeader =
  | { readonly state: 'empty' | 'damaged' }
  | { readonly state: 'whole'; readonly generation: string };

export function readWalHeader(walFile: string): WalHeader {
  return withFile(walFile, { state: 'empty' }, (file) => toHeader(readAt(file, 0, headerBytes)));
}

function toHeader(bytes: Buffer): WalHeader {
  if (bytes.length === 0) return { state: 'empty' };
  if (bytes.length < headerBytes) return { state: 'damaged' };
  const magic = bytes.readUInt32BE(0);
  const isWhole =
    (magic === 0x377f0682 || magic === 0x377f0683) &&
    checksumOf(bytes, magic === 0x377f0683) === bytes.toString('hex', 24, 32);
  return isWhole ? { state: 'whole', generation: bytes.toString('hex', 16, 24) } : { state: 'damaged' };
}

/** Returns SQLite's checksum of the first 24 bytes, in hex. */
function checksumOf(bytes: Buffer, isBigEndian: boolean): string {
  const sums = new Uint32Array(2);
  const read = (at: number) => (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  for (let at = 0; at < 24; at += 8) {
    sums[0] = (sums[0] ?? 0) + read(at) + (sums[1] ?? 0);
    sums[1] = (sums[1] ?? 0) + read(at + 4) + (sums[0] ?? 0);
  }
  return [...sums].map((sum) => sum.toString(16).padStart(8, '0')).join('');
}

/** Returns the change counter in the log's first copy of page 1, or null if the log has none. */
export function firstChangeCounter(walFile: string): number | null {
  return withFile(walFile, null, (file) => {
    const header = readAt(file, 0, headerBytes);
    if (toHeader(header).state !== 'whole') return null;
    const pageBytes = header.readUInt32BE(8);
    for (let at = headerBytes; ; at += frameHeaderBytes + pageBytes) {
      const frame = readAt(file, at, frameHeaderBytes + changeCounterAt + 4);
      const isOfThisLog = frame.length === frameHeaderBytes + changeCounterAt + 4 && sameSalts(frame, header);
      if (!isOfThisLog) return null;
      if (frame.readUInt32BE(0) === 1) return frame.readUInt32BE(frameHeaderBytes + changeCounterAt);
    }
  });
}

const sameSalts = (frame: Buffer, header: Buffer): boolean => frame.subarray(8, 16).equals(header.subarray(16, 24));

function readAt(file: number, at: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  return buffer.subarray(0, readSync(file, buffer, 0, bytes, at));
}

function withFile<T>(path: string, missing: T, use: (file: number) => T): T {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return missing;
    throw error;
  }
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
