/**
 * What another program's lock on the store does to us: nothing waits inside SQLite, where it would hold up every page of its thread.
 * Whatever meets a lock is tried again between other work, and given up in the end with an error that readers understand.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '#core/errors.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';

export type RetryLimit = {
  /** For how long it is tried again. */
  readonly limitMs: number;
  /** Called once for each piece of work that has to wait. */
  readonly onWait?: () => void;
};

/** Somebody waits for the answer. */
export const forReaders: RetryLimit = { limitMs: 3_000 };
/** Nobody does, and giving up would lose a run or leave in doubt whether a mail was sent. */
export const inBackground: RetryLimit = { limitMs: 600_000 };

const firstPauseMs = 5;
const pauseMaxMs = 100;

/** The port with each method tried again while the store is locked. Each must be one transaction, or read only. */
export function retryingPort<Port extends object>(port: Port, patience: RetryLimit = forReaders): AsyncPort<Port> {
  const methods = Object.entries(port).map(([name, method]) => [
    name,
    typeof method === 'function' ? (...given: unknown[]) => retryWhileLocked(() => method(...given), patience) : method,
  ]);
  return Object.fromEntries(methods) as AsyncPort<Port>;
}

/** Throws `unavailable` when the store stays locked. */
async function retryWhileLocked<T>(work: () => T | Promise<T>, { limitMs, onWait }: RetryLimit): Promise<T> {
  const startedMs = performance.now();
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMaxMs, pauseMs * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (performance.now() - startedMs + pauseMs > limitMs) throw lockedError(error);
      if (pauseMs === firstPauseMs) onWait?.();
      await pause(pauseMs);
    }
  }
}

/** As SQLite says it, and as Prisma's client does (P1008: the operation timed out). */
export function isLocked(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(?:BUSY|PROTOCOL)/.test(code) || code === 'P1008';
}

const lockedError = (cause: unknown): AppError =>
  new AppError(
    'unavailable',
    'Another program is writing to the store and does not let it go. Please try again in a moment.',
    {},
    { cause },
  );
