/** Stores the last completed time slot of each scheduled job. */
import type { Database } from 'better-sqlite3';

export function createSchedule(database: Database) {
  const read = database.prepare<[string], number>('SELECT lastSlot FROM ScheduledJob WHERE name = ?').pluck();
  const write = database.prepare('INSERT OR REPLACE INTO ScheduledJob (name, lastSlot, doneAt) VALUES (?, ?, ?)');
  return {
    lastSlot: (job: string): number => read.get(job) ?? -1,
    done(job: string, slot: number, at: string): void {
      write.run(job, slot, at);
    },
  };
}
