/** Runs a script of the project on a store and returns its output. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export type Ran = { readonly code: number | null; readonly output: string };

/** `code` is null if the script ran longer than `limitMs` and was ended with `signal`. */
export function runCommand(
  args: readonly string[],
  databaseFile: string,
  limitMs: number,
  signal: NodeJS.Signals = 'SIGKILL',
): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '..', '..'),
    env: {
      ...process.env,
      DATABASE_URL: `file:${databaseFile}`,
      HOST: '127.0.0.1',
      PORT: '0',
      SOURCES: '',
      SEED: '0',
      SMTP_URL: '',
      SITE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const timer = setTimeout(() => child.kill(signal), limitMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}
