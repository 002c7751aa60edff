/** Attacks on the process: its log, signals and kills. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttackRow, Outcome } from './attack-row.ts';
import type { Instance } from './instance.ts';
import { send } from './send-request.ts';

const stopLimitMs = 10_000;
const restartLimitMs = 30_000;

/** Causes log lines, requests an uncached page and stops the server. */
async function useWithoutLog(instance: Instance): Promise<Outcome> {
  for (const method of ['TRACE', 'POST', 'PUT'])
    await send(`${instance.url}/mcp`, { method, body: '{' }).catch(() => null);
  await sleep(500);
  const page = await send(`${instance.url}/papers?q=without+log`, { limitMs: 5000 }).catch((error: Error) => error);
  const health = await send(`${instance.url}/api/health`, { limitMs: 5000 }).catch((error: Error) => error);
  instance.kill('SIGTERM');
  const start = performance.now();
  const code = await instance.ended(stopLimitMs);
  const statusOf = (response: typeof page) => (response instanceof Error ? response.message : response.status);
  return {
    passed: statusOf(page) === 200 && statusOf(health) === 200 && code === 0,
    seen: `new page ${statusOf(page)}, health ${statusOf(health)}, SIGTERM: code ${code} after ${((performance.now() - start) / 1000).toFixed(1)} s`,
  };
}

/** Kills the server process. Its supervisor must restart it. */
async function killServer(instance: Instance): Promise<Outcome> {
  const [server] = instance.pids();
  if (server !== undefined) process.kill(server, 'SIGKILL');
  const start = performance.now();
  await sleep(200);
  for (; performance.now() - start < restartLimitMs; await sleep(200)) {
    const page = await send(`${instance.url}/papers`, { limitMs: 2000 }).catch(() => null);
    if (page?.status === 200)
      return { passed: true, seen: `pages again ${((performance.now() - start) / 1000).toFixed(1)} s after the kill` };
  }
  return { passed: false, seen: `no page within ${restartLimitMs / 1000} s after the kill` };
}

/** Kills the supervisor. The server must exit and free the port. */
async function killSupervisor(instance: Instance): Promise<Outcome> {
  const supervisor = instance.pids().at(-1) ?? 0;
  process.kill(supervisor, 'SIGKILL');
  for (const start = performance.now(); performance.now() - start < stopLimitMs; await sleep(200)) {
    const page = await send(`${instance.url}/livez`, { limitMs: 1000 }).catch(() => null);
    if (page === null)
      return { passed: true, seen: `the port was free ${((performance.now() - start) / 1000).toFixed(1)} s later` };
  }
  return { passed: false, seen: 'the server still listens' };
}

/** Starts a server that cannot run. It must print the reason. */
async function failToStart(options: { readonly before: string }, copyStore: () => string): Promise<Outcome> {
  const command = `${options.before}; exec "$0" scripts/serve.mjs`;
  const child = spawn('bash', ['-c', command, process.execPath], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${copyStore()}`,
      SOURCES: '',
      SEED: '0',
      SITE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const code = await Promise.race([ended, sleep(25_000, 'alive' as const)]);
  if (code === 'alive') child.kill('SIGKILL');
  const lastLine = output.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
  return {
    passed: code !== 'alive' && code !== 0,
    seen: code === 'alive' ? 'still there after 25 s' : `code ${code}: ${lastLine}`,
  };
}

const row = (name: string, title: string, run: AttackRow['run']): AttackRow => ({
  name: `process-${name}`,
  title,
  needsOwnInstance: true,
  run,
});

export const processRows = [
  row('full-log', 'the log lies on a full disk', async (stage) =>
    useWithoutLog(await stage.start({ redirect: '>/dev/full 2>/dev/full' })),
  ),
  row('closed-log', 'nobody reads the log any more', async (stage) =>
    useWithoutLog(await stage.start({ redirect: '> >(timeout 4 cat >/dev/null) 2>&1' })),
  ),
  row('no-log', 'the log was closed before the start', async (stage) =>
    useWithoutLog(await stage.start({ redirect: '>&- 2>&-' })),
  ),
  row('killed-server', 'the server is killed', async (stage) => killServer(await stage.start())),
  row('killed-supervisor', 'the supervisor is killed', async (stage) => killSupervisor(await stage.start())),
  row('few-files-start', 'a start with 30 open files', (stage) =>
    failToStart({ before: 'ulimit -n 30' }, stage.copyStore),
  ),
];
