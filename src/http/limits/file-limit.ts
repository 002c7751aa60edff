/** How many connections fit into the files that this process may have open. */
import { readdirSync, readFileSync } from 'node:fs';

/** Where the system does not say. */
const usual = { filesMax: 1024, filesOpen: 100 };
/** For what is loaded and looked up meanwhile, and for the sockets of what is being rendered. */
const reserve = 40;
/** Where there are hardly more than that: a connection, and the two sockets of what is being rendered for it. */
const filesPerConnection = 3;
const connectionsMin = 2;
/** More take memory, and no reader needs them. */
const connectionsMax = 4_000;

export type FileUse = { readonly filesMax: number; readonly filesOpen: number };

/** Half of what is left: an export that is open takes two more. */
export function connectionsFor({ filesMax, filesOpen }: FileUse): number {
  const left = filesMax - filesOpen;
  const most = Math.max((left - reserve) / 2, left / filesPerConnection, connectionsMin);
  return Math.min(connectionsMax, Math.floor(most));
}

/** On Linux as it is; elsewhere as it usually is. */
export function readFileUse(): FileUse {
  try {
    const [, filesMax = ''] = /^Max open files +(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    const most = filesMax === 'unlimited' ? Number.POSITIVE_INFINITY : Number(filesMax);
    return most > 0 ? { filesMax: most, filesOpen: readdirSync('/proc/self/fd').length } : usual;
  } catch {
    return usual;
  }
}
