/** The folder in which an index is kept beside its database, closed to other users of the machine. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexFiles } from './saved-index.ts';

export function createIndexFolder(folder: string): IndexFiles {
  return {
    read: (name) => readWhole(join(folder, name)),
    /** Written aside, flushed and renamed: a file with this name is always a whole one. */
    async write(name, parts) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const aside = join(folder, `${name}.${process.pid}.part`);
      try {
        await writeWhole(aside, parts);
        await rename(aside, join(folder, name));
      } catch (error) {
        // What there is of it may be all that the disk has left for others.
        await rm(aside, { force: true }).catch(() => {});
        throw error;
      }
    },
    async list() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return readdir(folder);
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}

async function writeWhole(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    for (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** In one buffer of its own, as the index's arrays are views of it; null when there is no such file. */
async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return null;
  try {
    const bytes = new Uint8Array((await file.stat()).size);
    let at = 0;
    for (let read = 1; read > 0 && at < bytes.length; at += read) {
      read = (await file.read(bytes, at, Math.min(bytes.length - at, 1 << 26), at)).bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
