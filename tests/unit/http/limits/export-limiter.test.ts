/** Few exports work at once, and one whose reader is slow holds no place. */
import { expect, test } from 'vitest';
import { inExportPlace } from '#http/limits/export-limiter.ts';
import { streamText } from '#http/routes/stream-text.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

test('two exports work at once, the third when one of them has written its batch, and a failure frees its place', async () => {
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

test('exports that nobody reads on do nothing, and keep no other from its end', async () => {
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
