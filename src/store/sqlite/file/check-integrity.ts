/**
 * Runs SQLite's integrity check one table at a time. The pauses between tables leave the disk free for page requests.
 */
import type { Database } from 'better-sqlite3';
import { openReadOnly } from '#store/sqlite/database.ts';
import { explainStoreError } from './store-errors.ts';

const messagesMax = 5;

/** Returns at most five of SQLite's messages. `pause` waits as long as the check of the table before it took. */
export async function checkIntegrity(databaseFile: string, pause: (ms: number) => Promise<void>): Promise<string[]> {
  const messages: string[] = [];
  try {
    const database = openReadOnly(databaseFile);
    try {
      database.pragma('cache_size = -4096');
      for (const table of tablesOf(database)) {
        if (messages.length >= messagesMax) break;
        const startedMs = performance.now();
        messages.push(...integrityProblems(database, table));
        await pause(performance.now() - startedMs);
      }
    } finally {
      database.close();
    }
  } catch (error) {
    messages.push(explainStoreError(error, databaseFile) ?? String(error));
  }
  return messages.slice(0, messagesMax);
}

const tablesOf = (database: Database): string[] =>
  database
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' UNION ALL SELECT 'sqlite_schema'`)
    .pluck()
    .all();

/** Returns SQLite's messages about a table and its indexes, or about the whole file. Empty if all is well. */
export function integrityProblems(database: Database, table?: string): string[] {
  const argument = table === undefined ? '' : `("${table.replaceAll('"', '""')}")`;
  const rows: string[] = [];
  try {
    // On a damaged file the check can throw after it has returned some rows.
    for (const row of database.prepare<[], string>(`PRAGMA integrity_check${argument}`).pluck().iterate())
      rows.push(row);
  } catch (error) {
    if (rows.length === 0) throw error;
  }
  return rows
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== 'ok' && !line.startsWith('*** in database'));
}
