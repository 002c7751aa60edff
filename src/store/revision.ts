/** The store's revision, asked for before every page: one prepared statement on a connection of its own, without Prisma's client. */
import Sqlite from 'better-sqlite3';

export function openRevision(file: string): { read(): number; close(): void } {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true });
  const statement = database.prepare<[], number>('SELECT revision FROM Store WHERE id = 1').pluck();
  return {
    read() {
      const revision = statement.get();
      if (revision === undefined) throw new Error('The store has no revision.');
      return revision;
    },
    close: () => void database.close(),
  };
}
