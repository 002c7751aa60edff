/** Limits how many exports run at once. An export holds a slot for one batch, and none while its client is slow. */
import { processSingleton } from '#core/process-singleton.ts';

const placesMax = 2;

type Places = { busy: number; readonly waiting: (() => void)[] };

const places = processSingleton('export-places', (): Places => ({ busy: 0, waiting: [] }));

/** Runs the work when a slot is free, first in, first out. The next one starts in a new turn, after small responses. */
export async function inExportPlace<T>(work: () => Promise<T>): Promise<T> {
  if (places.busy >= placesMax) await new Promise<void>((resolve) => places.waiting.push(resolve));
  else places.busy += 1;
  try {
    return await work();
  } finally {
    setImmediate(() => {
      const next = places.waiting.shift();
      if (next) next();
      else places.busy -= 1;
    });
  }
}
