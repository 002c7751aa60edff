/** Tests that a thread collects its garbage once after each busy time, and never while it is busy. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { giveMemoryBackWhenIdle } from '#platform/idle-memory.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

function aThread() {
  const state = { isBusy: true, collections: 0 };
  giveMemoryBackWhenIdle(
    () => state.collections++,
    () => state.isBusy,
  );
  const pass = (seconds: number, isBusy: boolean) => {
    state.isBusy = isBusy;
    vi.advanceTimersByTime(seconds * 1_000);
    return state.collections;
  };
  return pass;
}

it('a thread collects its garbage once after each busy time', () => {
  const pass = aThread();
  expect(pass(120, true)).toBe(0);
  expect(pass(20, false)).toBe(1);
  expect(pass(3_600, false)).toBe(1);
  expect(pass(60, true)).toBe(1);
  expect(pass(60, false)).toBe(2);
});

it('a thread that was never busy collects the garbage of its start', () => {
  expect(aThread()(60, false)).toBe(1);
});

it('V8 provides the collector', () => {
  giveMemoryBackWhenIdle(undefined, () => false);
  expect(() => vi.advanceTimersByTime(10_000)).not.toThrow();
});
