/** Computes how many connections fit into the limit of open files of this process. */
import { readdirSync, readFileSync } from 'node:fs';

/** Assumed where the system does not report it. */
const assumed = { filesMax: 1024, filesOpen: 100 };
/** Files for modules, name lookups and the sockets of pages being rendered. */
const reserve = 40;
/** With a very low limit: the connection, and two sockets of the page it waits for. */
const filesPerConnection = 3;
const connectionsMin = 2;
/** More connections only take memory. */
const connectionsMax = 4_000;

export type FileUse = { readonly filesMax: number; readonly filesOpen: number };

/** Half of the free files, because an open export takes two more. */
export function connectionsFor({ filesMax, filesOpen }: FileUse): number {
  const left = filesMax - filesOpen;
  const most = Math.max((left - reserve) / 2, left / filesPerConnection, connectionsMin);
  return Math.min(connectionsMax, Math.floor(most));
}

/** Reads `/proc` on Linux; assumes common values elsewhere. */
export function readFileUse(): FileUse {
  try {
    const [, filesMax = ''] = /^Max open files +(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    const most = filesMax === 'unlimited' ? Number.POSITIVE_INFINITY : Number(filesMax);
    return most > 0 ? { filesMax: most, filesOpen: readdirSync('/proc/self/fd').length } : assumed;
  } catch {
    return assumed;
  }
}
