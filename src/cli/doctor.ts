/** `npm run doctor`: says of each part whether it is well; exit code 1 when one is not. Changes nothing. */
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
