/** Prints the health of a store. If the process runs as root, it first changes to a user without write permission. */
import Sqlite from 'better-sqlite3';
import { toReadableFile } from '#store/sqlite/file/readable-copy.ts';
import { checkHealth } from '#store/sqlite/health.ts';

const [file = '', migrationsDir = ''] = process.argv.slice(2);
// Loads the driver before the user changes, because that user may not read the packages.
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
