/** How the server learns whether Next's start hook succeeded: Next itself logs a failure and serves pages that all fail. */
import { processSingleton } from '#core/process-singleton.ts';

type StartHook = { awaited: PromiseWithResolvers<void> | null };

const startHook = processSingleton('start-hook', (): StartHook => ({ awaited: null }));

/** Resolves when the start hook has succeeded, rejects with its error. Call it before Next is loaded. */
export function awaitStartHook(): Promise<void> {
  const awaited = Promise.withResolvers<void>();
  // The server looks at it later: until then a rejection is not unhandled.
  awaited.promise.catch(() => {});
  startHook.awaited = awaited;
  return awaited.promise;
}

/** Runs the start hook's work. Without a server that waits (`npm run dev`) its error is Next's. */
export async function runStartHook(work: () => Promise<void>): Promise<void> {
  const { awaited } = startHook;
  if (!awaited) return work();
  await work().then(awaited.resolve, awaited.reject);
}
