/** Few exports run at once, and an export with a slow client holds no slot. */
import { expect, test } from 'vitest';
import { inExportPlace } from '#http/limits/export-limiter.ts';
import { streamText } from '#http/routes/stream-text.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

test('two exports run at once, and a finished or failed batch frees its slot', async () => {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) =>
    inExportPlace(async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (name === 'a') throw new Error('planted');
      return name;
    });
  const [a, ...others] = ['a', 'b', 'c', 'd'].map(work);
  await settled();
  expect(begun).toEqual(['a', 'b']);
  ends[0]?.();
  await expect(a).rejects.toThrow('planted');
  await settled();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const at of [1, 2, 3]) {
    ends[at]?.();
    await settled();
  }
  expect(await Promise.all(others)).toEqual(['b', 'c', 'd']);
});

test('exports whose clients stop reading do no work and block no other export', async () => {
  let read = 0;
  async function* batches() {
    for (let i = 0; i < 5; i++) {
      read += 1;
      yield `${i} `;
    }
  }
  const slow = Array.from({ length: 20 }, () => streamText(batches()).getReader());
  for (const reader of slow) await reader.read();
  await settled();
  expect(read).toBe(20);
  expect(await new Response(streamText(batches())).text()).toBe('0 1 2 3 4 ');
  await Promise.all(slow.map((reader) => reader.cancel()));
});
