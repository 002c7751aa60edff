/** So many at once, the rest in the order in which they came. */
import { expect, test } from 'vitest';
import { createTurnstile } from '#front/turnstile';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('two run, the third waits for one of them, failures free their place', async () => {
  const inTurn = createTurnstile(2);
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const work = (name: string, fails = false) =>
    inTurn(async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (fails) throw new Error(name);
      return name;
    });
  const first = work('a', true);
  const others = [work('b'), work('c'), work('d')];
  await settled();
  expect(begun).toEqual(['a', 'b']);
  ends[0]?.();
  await expect(first).rejects.toThrow('a');
  await settled();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (let i = 1; i < 4; i++) {
    await settled();
    ends[i]?.();
  }
  expect(await Promise.all(others)).toEqual(['b', 'c', 'd']);
  const last = work('e');
  await settled();
  ends[4]?.();
  expect(await last).toBe('e');
});

test('what takes too long lets the next one in, and frees its place once', async () => {
  const inTurn = createTurnstile(1, 20);
  const ends: (() => void)[] = [];
  const work = () => inTurn(() => new Promise<void>((resolve) => ends.push(resolve)));
  const all = [work(), work(), work()];
  await expect.poll(() => ends.length).toBe(3);
  for (const end of ends) end();
  await Promise.all(all);
  const begun: string[] = [];
  const after = ['a', 'b'].map((name) => inTurn(async () => void begun.push(name)));
  await Promise.all(after);
  expect(begun).toEqual(['a', 'b']);
});
