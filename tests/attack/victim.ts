/** Measures latencies during an attack: of a health check, a cached page and an uncached page. */
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './send-request.ts';

/** Differs from the attacker's address, 127.0.0.1. */
const localAddress = '127.1.0.1';
const everyMs = 100;
const limitMs = 30_000;

const kinds = ['health', 'cached', 'fresh'] as const;
export type Kind = (typeof kinds)[number];
/** Latency of each response in ms. A failed request counts as the limit. */
export type Samples = Readonly<Record<Kind, readonly number[]>> & { readonly failures: readonly string[] };

let requestCount = 0;

const pathOf: Readonly<Record<Kind, () => string>> = {
  health: () => '/api/health',
  cached: () => '/papers',
  fresh: () => `/papers?q=victim+${process.pid.toString(36)}x${requestCount++}`,
};

/** Sends a request of each kind every 100 ms, without waiting for earlier responses. */
export async function watchAsVictim(url: string, seconds: number): Promise<Samples> {
  const samples = { health: [] as number[], cached: [] as number[], fresh: [] as number[], failures: [] as string[] };
  const agents = Object.fromEntries(kinds.map((kind) => [kind, new Agent({ keepAlive: true })]));
  const pending: Promise<void>[] = [];
  for (const start = performance.now(); performance.now() - start < seconds * 1000; await sleep(everyMs))
    for (const kind of kinds) pending.push(askOnce(kind));
  await Promise.all(pending);
  for (const agent of Object.values(agents)) agent.destroy();
  return samples;

  async function askOnce(kind: Kind): Promise<void> {
    const path = pathOf[kind]();
    try {
      const { status, ms } = await send(url + path, { agent: agents[kind] ?? false, localAddress, limitMs });
      samples[kind].push(status === 200 ? ms : limitMs);
      if (status !== 200) samples.failures.push(`${kind} ${status}`);
    } catch (error) {
      samples[kind].push(limitMs);
      samples.failures.push(`${kind} ${(error as Error).message}`);
    }
  }
}

/** Waits until an uncached page is as fast as without an attack, at most `limitMs`. */
export async function untilCalm(url: string, calmMs = 250, longestMs = 30_000): Promise<void> {
  for (const start = performance.now(); performance.now() - start < longestMs; await sleep(200)) {
    const response = await send(url + pathOf.fresh(), { localAddress }).catch(() => null);
    if (response?.status === 200 && response.ms < calmMs) return;
  }
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
