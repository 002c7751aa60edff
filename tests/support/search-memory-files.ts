/** An in-memory index folder whose files a test can read and damage. */
import type { IndexFiles } from '#search/index/saved-index.ts';

export class MemoryFiles implements IndexFiles {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.files.get(name)?.slice() ?? null;
  }

  async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    this.files.set(name, new Uint8Array(Buffer.concat(parts)));
  }

  async list(): Promise<string[]> {
    return [...this.files.keys()];
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}
