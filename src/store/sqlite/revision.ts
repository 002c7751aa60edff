/** The store's revision, asked for before every page: one prepared statement on a connection of its own, without Prisma's client. */
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
        // Nobody sees more of a store that is locked: pages that were made of it are still its pages.
        if (latest !== undefined && isLocked(error)) return latest;
        throw error;
      }
    },
    close: () => void database.close(),
  };
}
