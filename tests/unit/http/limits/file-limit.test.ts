/** How many connections fit into the files that a process may have open. */
import { expect, test } from 'vitest';
import { connectionsFor, readFileUse } from '#http/limits/file-limit.ts';

test.each([
  [{ filesMax: 64, filesOpen: 52 }, 4],
  [{ filesMax: 64, filesOpen: 64 }, 2],
  [{ filesMax: 1024, filesOpen: 64 }, 460],
  [{ filesMax: 4096, filesOpen: 64 }, 1996],
  [{ filesMax: 1_048_576, filesOpen: 64 }, 4000],
  [{ filesMax: Number.POSITIVE_INFINITY, filesOpen: 64 }, 4000],
])('with %j at most %d connections are taken', (use, most) => {
  expect(connectionsFor(use)).toBe(most);
});

test('this process has room for more files than it has open', () => {
  const { filesMax, filesOpen } = readFileUse();
  expect(filesOpen).toBeGreaterThan(3);
  expect(filesMax).toBeGreaterThan(filesOpen);
});
