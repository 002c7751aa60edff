/** Unit, contract, integration and architecture tests. Playwright runs the end-to-end tests. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,contracts,integration,architecture}/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/support/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Machines are shared. Only a test that hangs or takes quadratic time should reach this limit.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    allowOnly: false,
  },
});
