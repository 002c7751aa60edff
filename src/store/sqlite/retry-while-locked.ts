/**
 * Retries statements while another program locks the store.
 * SQLite's own busy timeout would block the thread and every page on it. Retries run between other work instead. When
 * they run out, the caller gets an error that a page can show.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '#core/errors.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';

export type RetryLimit = {
  /** How long a method is retried, in ms. */
  readonly limitMs: number;
  /** Called once for each call that has to wait. */
  readonly onWait?: () => void;
};

/** For requests: a client is waiting. */
export const forReaders: RetryLimit = { limitMs: 3_000 };
/** For background work: no client is waiting, and an error would lose a run or leave a delivery uncertain. */
export const inBackground: RetryLimit = { limitMs: 600_000 };

const firstPauseMs = 5;
const pauseMaxMs = 100;

/** Returns the port with retries. Each method must be one transaction or read only. */
export function retryingPort<Port extends object>(port: Port, patience: RetryLimit = forReaders): AsyncPort<Port> {
  const methods = Object.entries(port).map(([name, method]) => [
    name,
    typeof method === 'function' ? (...given: unknown[]) => retryWhileLocked(() => method(...given), patience) : method,
  ]);
  return Object.fromEntries(methods) as AsyncPort<Port>;
}

/** Throws `unavailable` if the store stays locked. */
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

/** Recognizes SQLite's error and that of Prisma's client (P1008: the operation timed out). */
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
