/** Tells the server whether Next's start hook succeeded: Next only logs the error and then serves failing pages. */
import { processSingleton } from '#core/process-singleton.ts';

type StartHook = { awaited: PromiseWithResolvers<void> | null };

const startHook = processSingleton('start-hook', (): StartHook => ({ awaited: null }));

/** Resolves when the start hook has succeeded; rejects with its error. Call it before loading Next. */
export function awaitStartHook(): Promise<void> {
  const awaited = Promise.withResolvers<void>();
  // The server awaits the promise later. Until then a rejection must not count as unhandled.
  awaited.promise.catch(() => {});
  startHook.awaited = awaited;
  return awaited.promise;
}

/** Runs the start hook's work. If no server awaits it (`npm run dev`), the error goes to Next. */
export async function runStartHook(work: () => Promise<void>): Promise<void> {
  const { awaited } = startHook;
  if (!awaited) return work();
  await work().then(awaited.resolve, awaited.reject);
}
