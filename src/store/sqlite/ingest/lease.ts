/** A lease that lets one process ingest at a time. Its fencing token stops a holder that lost the lease unnoticed. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from 'better-sqlite3';
import type { Lease } from '#core/ports/fetching.ts';

/** A killed holder loses the lease after this time. */
const leaseMs = 30_000;

type Row = { readonly holder: string; readonly token: number; readonly expiresAt: number };

export function createLease(database: Database, name: string): Lease {
  const holder = `${hostname()} ${process.pid} ${randomUUID()}`;
  const read = database.prepare<[string], Row>('SELECT holder, token, expiresAt FROM Lease WHERE name = ?');
  const write = database.prepare('INSERT OR REPLACE INTO Lease (name, holder, token, expiresAt) VALUES (?, ?, ?, ?)');
  const extend = database.prepare('UPDATE Lease SET expiresAt = ? WHERE name = ? AND token = ? AND holder = ?');
  const end = database.prepare('UPDATE Lease SET expiresAt = 0 WHERE name = ? AND token = ? AND holder = ?');

  const acquire = database.transaction((nowMs: number): number | null => {
    const current = read.get(name);
    if (current && isHeld(current, nowMs)) return null;
    const token = (current?.token ?? 0) + 1;
    write.run(name, holder, token, nowMs + leaseMs);
    return token;
  });

  const isHeldBy = (token: number) => read.get(name)?.token === token;

  return {
    acquire: (nowMs) => acquire.immediate(nowMs),
    renew: (token, nowMs) => extend.run(nowMs + leaseMs, name, token, holder).changes > 0,
    release(token) {
      end.run(name, token, holder);
    },
    isHeldBy,
    check(token) {
      if (!isHeldBy(token)) throw new Error('another process has taken over the ingest; this one stops writing');
    },
    heldUntil(nowMs) {
      const current = read.get(name);
      return current && isHeld(current, nowMs) ? current.expiresAt : null;
    },
  };
}

/**
 * Returns true if the lease has not expired.
 * An expiry more than two lease times ahead was written by a clock that has since been set back. The second lease time
 * allows for a process that read its clock and then waited for the write lock.
 */
const isHeld = ({ expiresAt }: Row, nowMs: number): boolean => expiresAt > nowMs && expiresAt <= nowMs + 2 * leaseMs;
