/** The pace of requests to a server, kept in the store so that all processes of this digest together keep it. */
import type { Database } from 'better-sqlite3';

export type ReserveStart<Pace> = (
  starts: readonly number[],
  pace: Pace,
  nowMs: number,
) => { readonly waitMs: number; readonly starts: readonly number[] };

/** `reserveStart` decides (platform/http/pace.ts); reading and counting are one transaction here. */
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
