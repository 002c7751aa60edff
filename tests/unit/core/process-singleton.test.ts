/** Copies of a module share values within a process. */
import { expect, test, vi } from 'vitest';

test('two copies of a module share one value per name, created once', async () => {
  const copies = [];
  for (let i = 0; i < 2; i++) {
    vi.resetModules();
    copies.push((await import('#core/process-singleton.ts')).processSingleton);
  }
  const [one, other] = copies;
  expect(one).not.toBe(other);
  const make = vi.fn(() => ({}));
  const made = one?.('test-of-copies', make);
  expect(other?.('test-of-copies', make)).toBe(made);
  expect(other?.('another-name', make)).not.toBe(made);
  expect(make).toHaveBeenCalledTimes(2);
});
