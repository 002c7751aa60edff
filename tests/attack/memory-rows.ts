/** The server's memory at rest, and a minute after the load rows. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttackRow, type Outcome, SkippedRow } from './attack-row.ts';
import type { Instance } from './instance.ts';
import { send } from './send-request.ts';

const minuteMs = 60_000;
const bounds = { idleMegabytes: 350, afterLoadMegabytes: 600 };

function judge({ memory }: Instance, megabytesMax: number): Outcome {
  const megabytes = memory();
  if (Number.isNaN(megabytes)) throw new SkippedRow('the memory of a server that was not started here is not known');
  return {
    passed: megabytes <= megabytesMax,
    seen: `${Math.round(megabytes)} MB with its supervisor, at most ${megabytesMax}`,
    figures: { megabytes },
  };
}

export const idleMemoryRow: AttackRow = {
  name: 'memory-idle',
  title: 'a minute after the start, with one front page and one search',
  needsOwnInstance: true,
  async run(stage) {
    const instance = await stage.start();
    for (const path of ['/', '/papers?q=model']) await send(instance.url + path);
    await sleep(minuteMs);
    return judge(instance, bounds.idleMegabytes);
  },
};

export const afterLoadMemoryRow: AttackRow = {
  name: 'memory-after-load',
  title: 'a minute after the rows before',
  needsOwnInstance: false,
  async run({ instance }) {
    await sleep(minuteMs);
    return judge(instance, bounds.afterLoadMegabytes);
  },
};
