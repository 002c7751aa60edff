/** How the server learns whether Next's start hook succeeded: Next itself logs a failure and serves pages that all fail. */

// One per process: Next bundles its own copy of every module, so the value hangs on `globalThis`.
const key: unique symbol = Symbol.for('paper-digest.start-hook');
type Shared = typeof globalThis & { [key]?: PromiseWithResolvers<void> };

/** Resolves when the start hook has succeeded, rejects with its error. Call it before Next is loaded. */
export function awaitStartHook(): Promise<void> {
  const awaited = Promise.withResolvers<void>();
  // The server looks at it later: until then a rejection is not unhandled.
  awaited.promise.catch(() => {});
  (globalThis as Shared)[key] = awaited;
  return awaited.promise;
}

/** Runs the start hook's work. Without a server that waits (`npm run dev`) its error is Next's. */
export async function runStartHook(work: () => Promise<void>): Promise<void> {
  const awaited = (globalThis as Shared)[key];
  if (!awaited) return work();
  await work().then(awaited.resolve, awaited.reject);
}
