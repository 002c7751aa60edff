/** Watches the open store: guards all calls to it, responds with 503 if it is lost, and then ends the server. */
import { AppError } from '#core/errors.ts';
import { processSingleton } from '#core/process-singleton.ts';
import { fixStatus } from '#http/routes/request-context.ts';
import { readiness } from '#platform/readiness.ts';
import { readSettings } from '#platform/settings.ts';
import { onStop } from '#platform/stop.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { closeStore } from '#store/sqlite/file/close-store.ts';
import { readIdFile, writeIdFile } from '#store/sqlite/file/id-file.ts';
import { explainStoreError, isDamage, isStoreFault } from '#store/sqlite/file/store-errors.ts';
import { storeFilesOf } from '#store/sqlite/file/store-files.ts';
import { type FileWatch, watchFiles } from '#store/sqlite/file/watch-files.ts';
import { createServerLog } from './log.ts';
import { startTask } from './store-task.ts';

const checkEveryMs = 10_000;
/** Reads trust a check of the files for this long. Writes check again. */
const checkLifetimeMs = 1_000;
/** Requests get 503 for this long before the process ends. */
const endAfterMs = 2_000;

const lostMessage = 'The store of this site is not available. Please try again later.';
const damagedMessage = 'The store of this site cannot be read just now. Please try again later.';

type Watched = {
  readonly databaseFile: string;
  readonly watch: FileWatch;
  /** Keeps the write-ahead log open, even after its file was deleted. */
  readonly database: ReturnType<typeof openForWriting>;
  checkedAtMs: number;
  isLost: boolean;
  /** The system error, such as too many open files, that makes the store unreadable for now. */
  transientFault: string | null;
  /** Generation of the write-ahead log at the last check; null while it is empty. */
  generation: string | null;
  /** SQLite restarts the log once after our own checkpoint. */
  isExpectingNewLog: boolean;
};

const storeWatch = processSingleton('store-watch', (): { watched: Watched | null } => ({ watched: null }));

/** Starts the watch. It ends with the server. */
export function startStoreWatch(): void {
  const { databaseFile } = readSettings();
  const database = openForWriting(databaseFile);
  database.prepare('SELECT 1 FROM Store').get();
  const watch = watchFiles(databaseFile);
  const watched: Watched = {
    databaseFile,
    watch,
    database,
    checkedAtMs: performance.now(),
    isLost: false,
    transientFault: null,
    generation: watch.logGeneration(),
    isExpectingNewLog: false,
  };
  storeWatch.watched = watched;
  if (recordOpening(databaseFile) === 'unclean')
    startTask(databaseFile, 'integrity', (problems) => {
      if (Array.isArray(problems) && problems.length > 0) reportFault(damageMessage(databaseFile, problems.join('; ')));
    });
  const timer = setInterval(() => checkNow(watched), checkEveryMs).unref();
  onStop(() => {
    clearInterval(timer);
    database.close();
  });
}

/** Records in `<store>.id` that the store is open. Returns how the previous server closed it. */
function recordOpening(databaseFile: string): 'clean' | 'unclean' {
  const { id } = storeFilesOf(databaseFile);
  const before = readIdFile(id);
  if (before) writeIdFile(id, { ...before, closed: false });
  // The stop tasks have closed all other connections by then.
  process.once('exit', () => {
    if (readiness().store !== 'ok') return;
    try {
      closeStore(databaseFile);
    } catch (error) {
      createServerLog().warn('the store could not be closed; the next start checks it', {
        file: databaseFile,
        error: String(error),
      });
    }
  });
  return before?.closed ? 'clean' : 'unclean';
}

function checkNow(watched: Watched): void {
  if (watched.isLost) return;
  try {
    endIfLost(watched, watched.watch.checkIdentity());
    if (readiness().store === watched.transientFault) readiness().store = 'ok';
    followLog(watched);
  } catch (error) {
    reportError(error);
  }
}

/** After another program's checkpoint restarted the log, record one of our own. It tells this file from older ones. */
function followLog(watched: Watched): void {
  const generation = watched.watch.logGeneration();
  if (generation === null || generation === watched.generation) return;
  const isExpected = watched.generation === null || watched.isExpectingNewLog;
  watched.generation = generation;
  watched.isExpectingNewLog = false;
  if (isExpected) return;
  startTask(watched.databaseFile, 'checkpoint', (isRecorded) => {
    watched.isExpectingNewLog = isRecorded === true;
  });
}

const damageMessage = (databaseFile: string, problems: string) =>
  `The store ${databaseFile} is damaged: ${problems}. npm run doctor says more; docs/store.md says what to do.`;

/** Reports the first fault until the server restarts. */
function reportFault(reason: string): void {
  if (readiness().store !== 'ok') return;
  readiness().store = reason;
  createServerLog().error(reason, { file: readSettings().databaseFile });
}

/** Returns whether the store's file caused the error. */
function reportError(error: unknown): boolean {
  const reason = explainStoreError(error, readSettings().databaseFile);
  if (reason === null || !isStoreFault(error)) return false;
  const { watched } = storeWatch;
  if (watched && !isDamage(error)) watched.transientFault = reason;
  reportFault(reason);
  return true;
}

/** Ends the process if the store is lost. The supervisor restarts it: that fails with a reason or finds the store. */
function endIfLost(watched: Watched, reason: string | null): void {
  watched.checkedAtMs = performance.now();
  if (reason === null || watched.isLost) return;
  watched.isLost = true;
  readiness().store = reason;
  createServerLog().error(reason, { file: watched.databaseFile });
  if (watched.watch.isLogGone()) watched.database.pragma('wal_checkpoint(PASSIVE)');
  setTimeout(() => process.exit(1), endAfterMs);
}

/**
 * Wraps every method of `port` in checks of the store. A lost store responds with 503 before the call, and for `writes`
 * also after it. An error of the store's file is reported and becomes a 503.
 */
export function guardStore<T extends object>(port: T, writes: 'writes' | 'reads' = 'reads'): T {
  const guard =
    (call: (...args: unknown[]) => unknown) =>
    (...args: unknown[]): unknown => {
      rejectIfLost(checkLifetimeMs);
      const confirm = <R>(result: R): R => {
        if (writes === 'writes') rejectIfLost(0);
        return result;
      };
      try {
        const result = call.apply(port, args);
        return result instanceof Promise ? result.then(confirm, rethrow) : confirm(result);
      } catch (error) {
        return rethrow(error);
      }
    };
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? guard(value as (...args: unknown[]) => unknown) : value;
    },
  });
}

function rejectIfLost(lifetimeMs: number): void {
  const { watched } = storeWatch;
  if (!watched) return;
  if (performance.now() - watched.checkedAtMs >= lifetimeMs) {
    endIfLost(watched, watched.watch.check());
    followLog(watched);
  }
  if (watched.isLost) throw unavailable(lostMessage);
}

function rethrow(error: unknown): never {
  if (!reportError(error)) throw error;
  rejectIfLost(0);
  throw unavailable(damagedMessage, { cause: error });
}

function unavailable(message: string, options?: ErrorOptions): AppError {
  fixStatus(503);
  return new AppError('unavailable', message, {}, options);
}
