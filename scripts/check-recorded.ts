/**
 * `npm run check:recorded -- DIR`: holds the readers against recorded data that is too large, or not ours, to lie in the repository; without DIR in the folder
 * that DATA_DIR names.
 * Every file of `check-recorded/` exports functions `check…(dir)`. Exit code 0 all passed, 1 some failed, 2 data missing.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordedData } from '#tests/recorded-data.ts';

type Finding = { readonly name: string; readonly passed: boolean; readonly detail: string };
type Check = (dir: string) => Promise<readonly Finding[]>;

const { folder: dir } = recordedData();

let passed = 0;
let failed = 0;
let isMissing = false;
for (const [name, check] of await loadChecks()) {
  try {
    for (const finding of await check(dir)) {
      console.log(`${finding.passed ? '✓' : '✗'} ${finding.name}: ${finding.detail}`);
      if (finding.passed) passed += 1;
      else failed += 1;
    }
  } catch (error) {
    if (!isFileMissing(error)) throw error;
    isMissing = true;
    console.error(`✗ ${name}: ${error.path} is missing.`);
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(isMissing ? 2 : failed > 0 || passed === 0 ? 1 : 0);

async function loadChecks(): Promise<[string, Check][]> {
  const folder = join(import.meta.dirname, 'check-recorded');
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.ts'))
        .sort()
    : [];
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(join(folder, file)).href) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) =>
    Object.entries(module).filter(
      (entry): entry is [string, Check] => entry[0].startsWith('check') && typeof entry[1] === 'function',
    ),
  );
}

function isFileMissing(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
