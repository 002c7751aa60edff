/** Stores index files in a folder beside the database. Other users of the machine have no access. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexFiles } from './saved-index.ts';

const readMaxBytes = 1 << 26;

export function createIndexFolder(folder: string): IndexFiles {
  return {
    read: (name) => readWhole(join(folder, name)),
    /** Writes a temporary file, syncs and renames it, so a file of this name is always complete. */
    async write(name, parts) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporaryPath = join(folder, `${name}.${process.pid}.part`);
      try {
        await writeWhole(temporaryPath, parts);
        await rename(temporaryPath, join(folder, name));
      } catch (error) {
        // The disk may be full, so free the space.
        await rm(temporaryPath, { force: true }).catch(() => {});
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

/** Returns the file in a buffer of its own, because the index's arrays are views of it. Null if there is none. */
async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return null;
  try {
    const bytes = new Uint8Array((await file.stat()).size);
    let offset = 0;
    for (let read = 1; read > 0 && offset < bytes.length; offset += read) {
      read = (await file.read(bytes, offset, Math.min(bytes.length - offset, readMaxBytes), offset)).bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
