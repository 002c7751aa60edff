/** A turn of the event loop starts a bounded amount of work, for the clients round robin. */
import { expect, test } from 'vitest';
import { createTurns } from '#http/limits/turns.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('work beyond the limit of a turn waits for later turns, clients round robin', async () => {
  const { start, shortenNext } = createTurns({ perTurn: 3, perShortTurn: 1 });
  const started: string[] = [];
  const take = (client: string, name: string) => start(client, () => started.push(name));
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7']) take('a', name);
  take('b', 'b1');
  expect(started).toEqual(['a1', 'a2', 'a3']);
  await nextTurn();
  expect(started).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'a5']);
  await nextTurn();
  expect(started.slice(6)).toEqual(['a6', 'a7']);
  await nextTurn();
  take('a', 'a8');
  expect(started.at(-1)).toBe('a8');
  shortenNext();
  for (const name of ['a9', 'a10', 'a11', 'a12', 'a13', 'a14', 'a15']) take('a', name);
  expect(started.at(-1)).toBe('a10');
  await nextTurn();
  expect(started.at(-1)).toBe('a11');
  await nextTurn();
  expect(started.at(-1)).toBe('a14');
});
