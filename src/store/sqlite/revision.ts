/** Reads the store's revision before every page, with one prepared statement and without Prisma's client. */
import Sqlite from 'better-sqlite3';
import { isLocked } from './retry-while-locked.ts';

export function openRevision(file: string): { read(): number; close(): void } {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 0 });
  const statement = database.prepare<[], number>('SELECT revision FROM Store WHERE id = 1').pluck();
  let latest: number | undefined;
  const read = (): number => {
    latest = statement.get();
    if (latest === undefined) throw new Error('The store has no revision.');
    return latest;
  };
  return {
    read() {
      try {
        return read();
      } catch (error) {
        // While the store is locked, no client can see a newer revision, so cached pages stay valid.
        if (latest !== undefined && isLocked(error)) return latest;
        throw error;
      }
    },
    close: () => void database.close(),
  };
}
