/** End-to-end tests of the built site with the papers of `seeds/`: on desktop, on a phone and without JavaScript. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { freePort } from '#tests/free-port.ts';

// Each worker loads this file again, so the folder and the ports are passed in the environment.
process.env.E2E_FOLDER ??= mkdtempSync(join(tmpdir(), 'paper-digest-e2e-'));
process.env.E2E_PORTS ??= (await Promise.all([freePort(), freePort()])).join(' ');
const { E2E_FOLDER: folder, E2E_PORTS, CHROMIUM_PATH: executablePath } = process.env;
const [port = '', emptyPort = ''] = E2E_PORTS.split(' ');

// Stops Chromium's requests to Google at every start.
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const serve = (name: string, on: string, seed: string) => ({
  command: 'node scripts/serve.mjs',
  url: `http://127.0.0.1:${on}/api/health`,
  env: {
    PORT: on,
    HOST: '127.0.0.1',
    SEED: seed,
    DATABASE_URL: `file:${join(folder, `${name}.db`)}`,
    SOURCES: '',
    SMTP_URL: '',
    SITE_URL: '',
    OUTBOX_KEY: 'e2e',
    LOG_LEVEL: 'warn',
  },
  reuseExistingServer: false,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 10_000 },
  stdout: 'ignore' as const,
  timeout: 60_000,
});

// Test tags: `@no-js` runs with JavaScript off, `@empty` needs an empty store, `@commands` needs no browser.
const inBrowser = { grepInvert: /@no-js|@empty|@commands/ };

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    // Traces take longer than the tests. To debug a test, run `npm run test:e2e -- --trace on`.
    trace: 'off',
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: quiet },
  },
  projects: [
    { name: 'desktop', use: devices['Desktop Chrome'], ...inBrowser },
    { name: 'phone', use: devices['Pixel 7'], ...inBrowser },
    { name: 'no-javascript', use: { ...devices['Desktop Chrome'], javaScriptEnabled: false }, grep: /@no-js/ },
    { name: 'empty', use: { ...devices['Desktop Chrome'], baseURL: `http://127.0.0.1:${emptyPort}` }, grep: /@empty/ },
    { name: 'commands', grep: /@commands/ },
  ],
  webServer: [serve('seeded', port, '1'), serve('empty', emptyPort, '0')],
});
