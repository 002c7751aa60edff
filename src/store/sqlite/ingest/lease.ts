/** The lease that lets exactly one of many processes ingest, with a fencing token for those that lost it without noticing. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from 'better-sqlite3';
import type { Lease } from '#core/ports/fetching.ts';

/** A holder that was killed is succeeded after this time at the latest. */
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
 * A lease that runs much longer than any can was written by a clock that has been set back since. Not merely longer: whoever asked the
 * time, and then waited for the store to be free, sees one that began after its own now.
 */
const isHeld = ({ expiresAt }: Row, nowMs: number): boolean => expiresAt > nowMs && expiresAt <= nowMs + 2 * leaseMs;
