/** One value for the whole process, whichever copy of a module asks for it. */

/**
 * The value of this name, made on first use. Next bundles pages, route handlers and the start hook apart, and the server is a bundle
 * of its own: each has its own copy of every module. What they share therefore hangs on `globalThis`.
 */
export function processSingleton<T extends object>(name: string, make: () => T): T {
  const shared = globalThis as { [key: symbol]: T | undefined };
  const key = Symbol.for(`paper-digest.${name}`);
  shared[key] ??= make();
  return shared[key];
}
