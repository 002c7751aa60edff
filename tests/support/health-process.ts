/** Prints the health of the store that is named, as a user who may write nothing where this process is root's. */
import Sqlite from 'better-sqlite3';
import { toReadableFile } from '#store/sqlite/file/readable-copy.ts';
import { checkHealth } from '#store/sqlite/health.ts';

const [file = '', migrationsDir = ''] = process.argv.slice(2);
// Loads the driver while the packages can still be read.
new Sqlite(':memory:').close();
if (process.getuid?.() === 0) {
  process.setgid?.(65_534);
  process.setuid?.(65_534);
}
const checks = checkHealth(file, migrationsDir);
const readable = toReadableFile(file);
const database = new Sqlite(readable.file, { readonly: true });
const papers = database.prepare('SELECT count(*) FROM Paper').pluck().get();
database.close();
readable.remove();
console.log(JSON.stringify({ checks, papers }));
