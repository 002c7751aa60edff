/** Unit, contract, integration and architecture tests; the end-to-end ones are Playwright's. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,contracts,integration,architecture}/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/support/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Machines are shared: a limit that only what is quadratic or hangs can reach.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    allowOnly: false,
  },
});
