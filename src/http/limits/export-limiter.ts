/** Limits how many exports run at once. An export holds a slot for one batch, and none while its client is slow. */
import { processSingleton } from '#core/process-singleton.ts';

const slotsMax = 2;

type Slots = { inUse: number; readonly queue: (() => void)[] };

const slots = processSingleton('export-places', (): Slots => ({ inUse: 0, queue: [] }));

/** Runs the work when a slot is free, first in, first out. The next one starts in a new turn, after small responses. */
export async function inExportPlace<T>(work: () => Promise<T>): Promise<T> {
  if (slots.inUse >= slotsMax) await new Promise<void>((resolve) => slots.queue.push(resolve));
  else slots.inUse += 1;
  try {
    return await work();
  } finally {
    setImmediate(() => {
      const next = slots.queue.shift();
      if (next) next();
      else slots.inUse -= 1;
    });
  }
}
