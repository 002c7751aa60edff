/** Runs before each test file: sets the number of property runs, and fails tests that print errors or warnings. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { propertyRuns } from './property-runs.ts';

fc.configureGlobal({ numRuns: propertyRuns(100) });

beforeEach(() => {
  vi.spyOn(console, 'error');
  vi.spyOn(console, 'warn');
});

afterEach(() => {
  expect(console.error, 'console.error was called').not.toHaveBeenCalled();
  expect(console.warn, 'console.warn was called').not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
