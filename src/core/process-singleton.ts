/** Shares one value between all copies of a module in the process. */

/**
 * Returns the value of this name and creates it on first use.
 * Next bundles pages, route handlers and the start hook separately, and the server is another bundle. Each has its own
 * copy of every module, so the values are stored on `globalThis`.
 */
export function processSingleton<T extends object>(name: string, make: () => T): T {
  const shared = globalThis as { [key: symbol]: T | undefined };
  const key = Symbol.for(`paper-digest.${name}`);
  shared[key] ??= make();
  return shared[key];
}
