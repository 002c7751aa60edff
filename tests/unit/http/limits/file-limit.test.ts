/** The limit of connections follows from the limit of open files. */
import { expect, test } from 'vitest';
import { connectionsFor, readFileUse } from '#http/limits/file-limit.ts';

test.each([
  [{ filesMax: 64, filesOpen: 52 }, 4],
  [{ filesMax: 64, filesOpen: 64 }, 2],
  [{ filesMax: 1024, filesOpen: 64 }, 460],
  [{ filesMax: 4096, filesOpen: 64 }, 1996],
  [{ filesMax: 1_048_576, filesOpen: 64 }, 4000],
  [{ filesMax: Number.POSITIVE_INFINITY, filesOpen: 64 }, 4000],
])('with %j the server accepts at most %d connections', (use, most) => {
  expect(connectionsFor(use)).toBe(most);
});

test('this process may open more files than it has open', () => {
  const { filesMax, filesOpen } = readFileUse();
  expect(filesOpen).toBeGreaterThan(3);
  expect(filesMax).toBeGreaterThan(filesOpen);
});
