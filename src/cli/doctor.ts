/** `npm run doctor`: says of each part whether it is well; exit code 1 when one is not. */
import { existsSync } from 'node:fs';
import { env } from '#platform/env';
import { diagnose, prepareStore } from '#wiring/store';

export function runDoctor(): void {
  const { databaseFile } = env();
  const runtime = { name: 'runtime', passed: true, detail: `Node.js ${process.version} on ${process.platform} ${process.arch}` };
  const isThere = existsSync(databaseFile);
  const fresh = {
    name: 'store',
    passed: isThere,
    detail: isThere ? databaseFile : `${databaseFile} does not exist yet; npm start makes it`,
  };
  if (isThere) prepareStore(databaseFile, process.cwd());
  const checks = [runtime, fresh, ...(isThere ? diagnose(databaseFile) : [])];
  for (const { name, passed, detail } of checks) console.log(`${passed ? 'ok  ' : 'BAD '} ${name.padEnd(16)} ${detail}`);
  if (checks.some((check) => !check.passed)) process.exitCode = 1;
}
