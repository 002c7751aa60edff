/** A test that prints an error or a warning fails: silence is part of every contract. */
import { afterEach, beforeEach, expect, vi } from 'vitest';

beforeEach(() => {
  vi.spyOn(console, 'error');
  vi.spyOn(console, 'warn');
});

afterEach(() => {
  expect(console.error, 'console.error was called').not.toHaveBeenCalled();
  expect(console.warn, 'console.warn was called').not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
