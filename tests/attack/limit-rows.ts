/** Servers with few file descriptors or little memory. They must survive or restart, and recover after the attack. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttackRow, Outcome } from './attack-row.ts';
import type { Instance } from './instance.ts';
import { send } from './send-request.ts';

/** Longest time after the attack until an uncached page again takes at most a second. */
const recoveryMs = 10_000;

async function fileLimit(instance: Instance, connections: number): Promise<Outcome> {
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect({ host: '127.0.0.1', port: instance.port }).on('error', () => {});
    socket.write(`GET /papers HTTP/1.1\r\nHost: 127.0.0.1:${instance.port}\r\n\r\n`);
    return socket;
  });
  await sleep(3000);
  const during = await send(`${instance.url}/api/health`, { localAddress: '127.1.0.1', limitMs: 5000 }).catch(
    (error: Error) => error,
  );
  for (const socket of sockets) socket.destroy();
  const recovered = await recovery(instance, ['/papers', '/tags', '/status']);
  const seen = `health meanwhile ${during instanceof Error ? during.message : during.status} · afterwards ${recovered.seen}`;
  return { passed: recovered.passed, seen };
}

/** Waits until each path and an uncached search again take at most a second. */
async function recovery({ url }: Instance, paths: readonly string[]): Promise<Outcome> {
  const start = performance.now();
  let last = '';
  while (performance.now() - start < recoveryMs) {
    const requestPaths = [...paths, `/papers?q=after${Math.round(performance.now())}`];
    const responses = await Promise.all(
      requestPaths.map((path) => send(url + path, { limitMs: 5000 }).catch((error: Error) => error)),
    );
    last = responses
      .map((response, i) => `${paths[i] ?? 'search'} ${response instanceof Error ? response.message : response.status}`)
      .join(', ');
    if (responses.every((response) => !(response instanceof Error) && response.status === 200 && response.ms < 1000))
      return {
        passed: true,
        seen: `all pages within a second after ${((performance.now() - start) / 1000).toFixed(1)} s`,
      };
    await sleep(250);
  }
  return { passed: false, seen: last };
}

/** Requests many large pages at once from a server with a small heap. */
async function smallHeap(instance: Instance): Promise<Outcome> {
  const path = (n: number) => `/papers?q=heap${n}&n=${n}`;
  const responses = await Promise.all(
    Array.from({ length: 80 }, (_, n) => send(instance.url + path(n), { limitMs: 20_000 }).catch(() => null)),
  );
  const answered = responses.filter((response) => response?.status === 200).length;
  const { passed, seen } = await recovery(instance, ['/papers', '/tags']);
  return { passed, seen: `${answered} of ${responses.length} pages answered · afterwards ${seen}` };
}

const row = (name: string, title: string, run: AttackRow['run']): AttackRow => ({
  name: `limits-${name}`,
  title,
  needsOwnInstance: true,
  run,
});

export const limitRows = [
  row('files-64', '64 open files, 200 connections', async (stage) =>
    fileLimit(await stage.start({ before: 'ulimit -n 64' }), 200),
  ),
  row('files-1024', '1,024 open files, 1,100 connections', async (stage) =>
    fileLimit(await stage.start({ before: 'ulimit -n 1024' }), 1100),
  ),
  row('heap-128', 'a heap of 128 MB', async (stage) =>
    smallHeap(await stage.start({ settings: { NODE_OPTIONS: '--max-old-space-size=128' } })),
  ),
];
