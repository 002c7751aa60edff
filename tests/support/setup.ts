/** Before each test file: property tests run as often as is set, and a test that prints an error or a warning fails. */
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
