/** `npm run doctor`: checks runtime, store and index without changing anything. Exit code 1 if a check fails. */
import { readSettings } from '#platform/settings.ts';
import { diagnose } from '#wiring/store.ts';

export async function runDoctor(): Promise<void> {
  const runtime = {
    name: 'runtime',
    passed: true,
    detail: `Node.js ${process.version} on ${process.platform} ${process.arch}`,
  };
  const checks = [runtime, ...(await diagnose(readSettings().databaseFile, process.cwd()))];
  for (const { name, passed, detail } of checks)
    console.log(`${passed ? 'ok  ' : 'BAD '} ${name.padEnd(16)} ${detail}`);
  if (checks.some((check) => !check.passed)) process.exitCode = 1;
}
