/** Explains why a store cannot be used. Each message contains the file, the reason and a remedy. */

/** Thrown before anything is written to a store that must not be opened. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}

export const refusalOf = (databaseFile: string, reason: string, wayOut: string): StoreRefused =>
  new StoreRefused(`The store ${databaseFile} ${reason}; nothing was changed. To go on, ${wayOut}.`);

const advice = 'docs/store.md says what to do';

type Fault = { readonly pattern: RegExp; readonly reason: string; readonly wayOut: string };

/** Patterns match SQLite's code or message. Errors from a worker thread or from Prisma have only the message. */
const fatalFaults: readonly Fault[] = [
  {
    pattern: /SQLITE_READONLY_DBMOVED/,
    reason: 'was moved or deleted while it was open',
    wayOut: `put the file back and start again; ${advice}`,
  },
  {
    pattern: /SQLITE_CORRUPT|database disk image is malformed/,
    reason: 'is damaged',
    wayOut: `npm run doctor names the damage; ${advice}`,
  },
  {
    pattern: /SQLITE_NOTADB|file is not a database/,
    reason: 'is damaged, or no SQLite database',
    wayOut: `npm run doctor names the damage; ${advice}`,
  },
  {
    pattern: /SQLITE_IOERR|disk I\/O error/,
    reason: 'cannot be read or written: the disk reports an error',
    wayOut: `check the disk and its cables, then run npm run doctor; ${advice}`,
  },
  {
    pattern: /SQLITE_CANTOPEN|unable to open database file/,
    reason: 'cannot be opened',
    wayOut: 'check that the file, its folder and the disk are there, and that this user may write to them',
  },
];

/** Errors that do not take the store offline. They fail single requests at most. */
const nonFatalFaults: readonly Fault[] = [
  {
    pattern: /no such (?:table|column)/,
    reason: 'lacks a part that it was made with: another program has changed it',
    wayOut: `put a copy of it back; ${advice}`,
  },
  {
    pattern: /SQLITE_READONLY|attempt to write a readonly database/,
    reason: 'cannot be written',
    wayOut: 'give this user the right to write to the file and its folder, or mount the disk so that it can be written',
  },
  {
    pattern: /SQLITE_BUSY|database is locked/,
    reason: 'is locked by another program',
    wayOut: 'end that program, or wait until it lets the store go, and try again',
  },
];

/** Returns a message for an error that the store's file caused, or null for any other error. */
export function explainStoreError(error: unknown, databaseFile: string): string | null {
  const text = textOf(error);
  const fault = [...fatalFaults, ...nonFatalFaults].find(({ pattern }) => pattern.test(text));
  return fault ? `The store ${databaseFile} ${fault.reason}; ${fault.wayOut}.` : null;
}

/** Returns true if the file is missing, damaged or unreadable. A locked or read-only store still serves pages. */
export function isStoreFault(error: unknown): boolean {
  const text = textOf(error);
  return fatalFaults.some(({ pattern }) => pattern.test(text));
}

/** Damage is permanent. Other errors may be transient. */
export const isDamage = (error: unknown): boolean =>
  /SQLITE_CORRUPT|SQLITE_NOTADB|malformed|not a database/.test(textOf(error));

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return `${code} ${error.message} ${error.cause === undefined ? '' : textOf(error.cause)}`;
}

/** Returns why the operating system denied access. The text follows the path in a message. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EROFS') return 'is on a disk that is mounted read-only; mount it so that it can be written';
  if (code === 'EACCES' || code === 'EPERM')
    return `is not open to this user (${process.geteuid?.() ?? '?'}); give the user the right to read and write it`;
  if (code === 'ENOENT') return 'is not there; mount its disk or make the folder';
  if (code === 'ENOTDIR') return 'lies below a file instead of a folder; correct DATABASE_URL';
  return `cannot be used: ${error instanceof Error ? error.message : String(error)}`;
}
