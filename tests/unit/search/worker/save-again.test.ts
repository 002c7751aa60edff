/** Saving is retried with exponential backoff until the disk has space. Each change is reported once. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIndexFolder } from '#search/index/index-folder.ts';
import { IndexFollower } from '#search/worker/index-follower.ts';
import { FakeDocuments } from '#tests/search-fake-documents.ts';
import { MemoryFiles } from '#tests/search-memory-files.ts';
import { manyPapers, toDocuments } from '#tests/search-stores.ts';
import { aTempFolder } from '#tests/temp-store.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** Rejects writes while it is full, and counts all attempts. */
class FullFiles extends MemoryFiles {
  isFull = true;
  attempts = 0;
  override async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    this.attempts += 1;
    if (this.isFull) throw new Error('ENOSPC: no space left on device');
    await super.write(name, parts);
  }
}

async function aFollower() {
  const files = new FullFiles();
  const notices: string[] = [];
  const papers = manyPapers(40).map((paper, key) => ({ paper, key: key + 1 }));
  const follower = new IndexFollower(new FakeDocuments(toDocuments(papers)), files, (notice) => notices.push(notice));
  await follower.load();
  await follower.catchUp();
  /** Calls `save` every 250 ms, as the worker does. */
  const wait = async (seconds: number) => {
    for (let passed = 0; passed < seconds * 4; passed++) {
      vi.advanceTimersByTime(250);
      await follower.save();
    }
  };
  return { files, notices, wait };
}

test('a failed save is retried with growing delays until the disk has space', async () => {
  const { files, notices, wait } = await aFollower();
  await wait(60);
  const first = files.attempts;
  expect(first).toBeGreaterThanOrEqual(3);
  expect(first).toBeLessThanOrEqual(5);
  await wait(3_600);
  const later = files.attempts - first;
  expect(later).toBeGreaterThanOrEqual(6);
  expect(later).toBeLessThan(15);
  expect(files.files.has('index.json')).toBe(false);

  files.isFull = false;
  await wait(700);
  expect(files.files.has('index.json')).toBe(true);
  expect(notices).toEqual([expect.stringContaining('no space left'), expect.stringContaining('saved again')]);
});

test('a saved index is not written again until it changes', async () => {
  const { files, notices, wait } = await aFollower();
  files.isFull = false;
  await wait(10);
  const { attempts } = files;
  await wait(600);
  expect(files.attempts).toBe(attempts);
  expect(notices).toEqual([]);
});

test('a failed write removes its partial file and leaves the earlier file', async () => {
  const folder = join(aTempFolder(), 'index');
  const files = createIndexFolder(folder);
  await files.write('index.json', [Buffer.from('whole')]);
  const broken = [Buffer.from('half'), null as unknown as Uint8Array];
  await expect(files.write('index.json', broken)).rejects.toThrow();
  expect(existsSync(folder) && readdirSync(folder)).toEqual(['index.json']);
  expect(Buffer.from((await files.read('index.json')) ?? []).toString()).toBe('whole');
});
