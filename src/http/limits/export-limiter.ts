/** Few exports work at once: each holds a place while it reads and writes a batch, and none while its reader is slow. */
import { processSingleton } from '#core/process-singleton.ts';

const placesMax = 2;

type Places = { busy: number; readonly waiting: (() => void)[] };

const places = processSingleton('export-places', (): Places => ({ busy: 0, waiting: [] }));

/** Does the work when there is a place, first come, first served. Between two pieces of work whoever asks for a page is answered. */
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
