/** Stores the request pace of each host, so that all processes that share the store respect it together. */
import type { Database } from 'better-sqlite3';

export type ReserveStart<Pace> = (
  starts: readonly number[],
  pace: Pace,
  nowMs: number,
) => { readonly waitMs: number; readonly starts: readonly number[] };

/** Reads and writes the starts in one transaction. `reserveStart` (platform/http/pace.ts) chooses the next one. */
export function createPaceStore<Pace>(database: Database, reserveStart: ReserveStart<Pace>, nowMs: () => number) {
  const read = database.prepare<[string], string>('SELECT starts FROM HostPace WHERE host = ?').pluck();
  const write = database.prepare('INSERT OR REPLACE INTO HostPace (host, starts) VALUES (?, ?)');
  const reserve = database.transaction((host: string, pace: Pace): number => {
    const { waitMs, starts } = reserveStart(JSON.parse(read.get(host) ?? '[]') as number[], pace, nowMs());
    write.run(host, JSON.stringify(starts));
    return waitMs;
  });
  return { reserve: async (host: string, pace: Pace) => reserve.immediate(host, pace) };
}
