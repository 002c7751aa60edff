/** Watches the open store for this process: what stands before it, what is said when it is lost, and how the server then ends. */
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
/** A look at the files holds this long for reading; for a write they are looked at again. */
const checkLifetimeMs = 1_000;
/** Requests get 503 for this long before the process ends. */
const endAfterMs = 2_000;

const lostMessage = 'The store of this site is not available. Please try again later.';
const damagedMessage = 'The store of this site cannot be read just now. Please try again later.';

type Watched = {
  readonly databaseFile: string;
  readonly watch: FileWatch;
  /** Keeps the log open, also after it was deleted. */
  readonly database: ReturnType<typeof openForWriting>;
  checkedAtMs: number;
  isLost: boolean;
  /** Faults of the system, such as too many open files, pass: the store is well again when it can be read. */
  transientFault: string | null;
  /** Of SQLite's log, as last seen; null while it is empty. */
  generation: string | null;
  /** After a checkpoint of ours SQLite begins the log anew once. */
  isExpectingNewLog: boolean;
};

const storeWatch = processSingleton('store-watch', (): { watched: Watched | null } => ({ watched: null }));

/** Begins the watch; ends it with the server. */
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
  if (noteOpened(databaseFile) === 'unclean')
    startTask(databaseFile, 'integrity', (problems) => {
      if (Array.isArray(problems) && problems.length > 0) noteFault(damageMessage(databaseFile, problems.join('; ')));
    });
  const timer = setInterval(() => checkNow(watched), checkEveryMs).unref();
  onStop(() => {
    clearInterval(timer);
    database.close();
  });
}

/** Says in `<store>.id` that a server has the store open, and how the last one ended. */
function noteOpened(databaseFile: string): 'clean' | 'unclean' {
  const { id } = storeFilesOf(databaseFile);
  const before = readIdFile(id);
  if (before) writeIdFile(id, { ...before, closed: false });
  // Stop tasks have closed the other connections by then.
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
    noteLoss(watched, watched.watch.checkIdentity());
    if (readiness().store === watched.transientFault) readiness().store = 'ok';
    followLog(watched);
  } catch (error) {
    noteError(error);
  }
}

/** Another checkpoint than ours was made when the log began anew: ours follows it, so that an older file can be told from this one. */
function followLog(watched: Watched): void {
  const generation = watched.watch.logGeneration();
  if (generation === null || generation === watched.generation) return;
  const isExpected = watched.generation === null || watched.isExpectingNewLog;
  watched.generation = generation;
  watched.isExpectingNewLog = false;
  if (isExpected) return;
  startTask(watched.databaseFile, 'checkpoint', (isNoted) => {
    watched.isExpectingNewLog = isNoted === true;
  });
}

const damageMessage = (databaseFile: string, problems: string) =>
  `The store ${databaseFile} is damaged: ${problems}. npm run doctor says more; docs/store.md says what to do.`;

/** The first fault is the reason that is given until the server starts anew. */
function noteFault(reason: string): void {
  if (readiness().store !== 'ok') return;
  readiness().store = reason;
  createServerLog().error(reason, { file: readSettings().databaseFile });
}

/** Returns whether the store's file caused the error. */
function noteError(error: unknown): boolean {
  const reason = explainStoreError(error, readSettings().databaseFile);
  if (reason === null || !isStoreFault(error)) return false;
  const { watched } = storeWatch;
  if (watched && !isDamage(error)) watched.transientFault = reason;
  noteFault(reason);
  return true;
}

/** The process ends, so that its supervisor starts it again: that start refuses with the reason, or finds the store put back. */
function noteLoss(watched: Watched, reason: string | null): void {
  watched.checkedAtMs = performance.now();
  if (reason === null || watched.isLost) return;
  watched.isLost = true;
  readiness().store = reason;
  createServerLog().error(reason, { file: watched.databaseFile });
  if (watched.watch.isLogGone()) watched.database.pragma('wal_checkpoint(PASSIVE)');
  setTimeout(() => process.exit(1), endAfterMs);
}

/**
 * `port` with every call between two looks at the store: a lost store is 503 before the call, and after it where `writes` says that the
 * call may have written; an error of the store's file is noted and becomes a 503.
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
    noteLoss(watched, watched.watch.check());
    followLog(watched);
  }
  if (watched.isLost) throw unavailable(lostMessage);
}

function rethrow(error: unknown): never {
  if (!noteError(error)) throw error;
  rejectIfLost(0);
  throw unavailable(damagedMessage, { cause: error });
}

function unavailable(message: string, options?: ErrorOptions): AppError {
  fixStatus(503);
  return new AppError('unavailable', message, {}, options);
}
