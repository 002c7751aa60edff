/** The checks of `npm test` in order. Each returns how many of its tests passed and failed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureBrowser } from './find-browser.mjs';
import { run } from './run-command.mjs';

export const checks = [
  { name: 'types', title: 'Types', run: checkTypes },
  {
    name: 'lint',
    title: 'Lint and format',
    run: () => gate('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
  },
  { name: 'knip', title: 'Unused code', run: checkUnused },
  { name: 'metrics', title: 'Size of the code', run: checkMetrics },
  { name: 'unit', title: 'Architecture, unit, contract and integration tests', run: runVitest },
  { name: 'build', title: 'Build', run: build },
  { name: 'e2e', title: 'End-to-end tests in a browser', run: runPlaywright },
];

/** Runs a package's program on our own Node.js. */
const tool = (script, args, env = {}) =>
  run(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, env: { ...process.env, ...env } });

/** Counts a program as one test that passes or fails. */
async function gate(script, args) {
  const { code } = await tool(script, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function checkTypes() {
  await ensureBuilt(['client']);
  // Next generates the types of routes and of style sheet imports.
  await run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'typegen'], { cwd: root, capture: true });
  return gate('typescript/bin/tsc', ['--noEmit']);
}

/** Finds unused files, exports and packages. knip.json names the entry points. */
async function checkUnused() {
  await ensureBuilt(['client']);
  return gate('knip/bin/knip.js', ['--no-progress', '--treat-config-hints-as-errors']);
}

async function checkMetrics() {
  await ensureBuilt(['client']);
  const { measure, readSources, report } = await import('./code-metrics.mjs');
  const knip = [
    join(root, 'node_modules/knip/bin/knip.js'),
    '--no-progress',
    '--no-config-hints',
    '--no-exit-code',
    '--reporter',
    'json',
  ];
  const { output } = await run(process.execPath, knip, { cwd: root, capture: true });
  return report(measure(readSources(join(root, 'src')), JSON.parse(output)));
}

/** Needs the bundles: some tests run and kill the real commands. */
async function runVitest(names) {
  await ensureBuilt(['client', 'bundles']);
  return withReport(async (report) => {
    await tool('vitest/vitest.mjs', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...names,
    ]);
    return countVitest(JSON.parse(readFileSync(report, 'utf8')));
  });
}

async function build() {
  await ensureBuilt(['client', 'bundles', 'site']);
  return { passed: 1, failed: 0 };
}

async function runPlaywright(names) {
  await ensureBuilt(['client', 'bundles', 'site']);
  const browser = await ensureBrowser();
  return withReport(async (report, folder) => {
    const env = { CHROMIUM_PATH: browser, E2E_FOLDER: folder, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    await tool('@playwright/test/cli.js', ['test', '--reporter=list,json', ...names], env);
    return countPlaywright(JSON.parse(readFileSync(report, 'utf8')));
  });
}

/** Counts the tests of Vitest's JSON report. A file that does not load counts as failed. */
export function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status === 'passed'),
  ).length;
  const passed = report.numPassedTests;
  return { passed, failed: report.numTotalTests - passed + brokenFiles };
}

/** Counts the tests of Playwright's JSON report. An error outside the tests counts as failed. */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
}

async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-test-'));
  try {
    return await work(join(folder, 'report.json'), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
