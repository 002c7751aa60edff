/** Reading a file in the reader thread: same events, same errors, and early termination. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';
import { storeContent } from '#tests/store-content.ts';
import { aTempStore } from '#tests/temp-store.ts';
import { readInThread } from '#wiring/read-in-thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'paper-digest-thread-'));
afterAll(() => rmSync(folder, { recursive: true }));

const now = '2025-12-16T08:00:00.000Z';
const lines = Array.from({ length: 1_500 }, (_, i) => {
  if (i % 100 === 7) return '{"title": ';
  // Every third paper repeats with a longer abstract, so the topics assigned in the reader thread are outdated.
  const more = i % 3 === 0 ? ' We add retrieval-augmented generation and speech recognition.' : '';
  return JSON.stringify({
    id: `2401.${String(i - (i % 3 === 0 && i > 0 ? 3 : 0)).padStart(5, '0')}`,
    title: `A diffusion model for paper ${i}`,
    abstract: `Reinforcement learning \ud83d\ude00\u2028 of ${i}.${more}`,
    authors: ['Ann Lee', `Bo Chen ${i}`],
  });
});

function aFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, gzipSync(text));
  return path;
}

const task = (path: string) => ({ source: 'jsonl', path, options: {}, name: 'papers.jsonl.gz', size: null, now });

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}

describe('a file in the reader thread', () => {
  test('a file read in the reader thread gives the same store as one read in the main thread', async () => {
    const [here, there] = [aTempStore(), aTempStore()];
    const text = lines.join('\n');
    const inMainThread = await ingestPapers(jsonl.read({ bytes: bytesOf(text), name: '-', size: null, now }, {}), {
      writer: here.writer,
    });
    const inReaderThread = await ingestPapers(readInThread(task(aFile('papers.jsonl.gz', text))), {
      writer: there.writer,
    });
    expect(inReaderThread).toEqual(inMainThread);
    expect(inReaderThread).toMatchObject({ read: 1_500, rejected: { length: 15 } });
    expect(storeContent(there.database)).toEqual(storeContent(here.database));
  });

  test('a file of another format is rejected with the same message', async () => {
    const events = readInThread(task(aFile('array.jsonl.gz', '[{"title":"One"}]')));
    await expect(events.next()).rejects.toMatchObject({
      name: 'SourceRefused',
      message: expect.stringContaining('one JSON array'),
    });
  });

  test('an error of the reader thread rejects the iteration', async () => {
    await expect(readInThread(task(join(folder, 'missing'))).next()).rejects.toMatchObject({ code: 'ENOENT' });
    const cut = join(folder, 'cut.gz');
    writeFileSync(cut, gzipSync(lines.join('\n')).subarray(0, 5_000));
    const drained = (async () => {
      for await (const _ of readInThread(task(cut)));
    })();
    await expect(drained).rejects.toThrow('the gzip file is cut short or damaged');
  });

  test('the iteration may end early', async () => {
    let taken = 0;
    for await (const event of readInThread(task(aFile('left.jsonl.gz', lines.join('\n')))))
      if (event.kind === 'found' && ++taken === 10) break;
    expect(taken).toBe(10);
  });
});
