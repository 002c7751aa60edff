/** The folder of the socket between the front and the pages, and what servers that were killed left of theirs. */
import { lstatSync, mkdtempSync, readdirSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const prefix = 'paper-digest-';
const socketName = 'origin';
/** A server that starts has made its socket and does not listen yet. */
const youngMs = 60_000;
const connectLimitMs = 1_000;

/** Makes a folder that only this user may open, removed when the process ends; returns the path of the socket in it. */
export async function openSocketFolder(temporaryFolder: string): Promise<string> {
  await removeDeadSockets(temporaryFolder);
  const folder = mkdtempSync(join(temporaryFolder, prefix));
  process.once('exit', () => removeFolder(folder));
  return join(folder, socketName);
}

/** Needs no file descriptor, unlike removing a tree: none may be left. Another server that starts may remove the same folder. */
function removeFolder(folder: string): void {
  rmSync(join(folder, socketName), { force: true });
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Removes this user's folders with nothing but a socket on which nobody listens. */
export async function removeDeadSockets(temporaryFolder: string, nowMs = Date.now()): Promise<void> {
  const folders = readFolder(temporaryFolder).filter((name) => name.startsWith(prefix));
  for (const folder of folders.map((name) => join(temporaryFolder, name))) {
    const socket = join(folder, socketName);
    const isOld = isOurs(statsOf(folder)) && isOldSocket(statsOf(socket), nowMs) && readFolder(folder).length === 1;
    if (isOld && (await isRefused(socket))) removeFolder(folder);
  }
}

const isOurs = (stats: Stats | null): boolean => stats?.isDirectory() === true && stats.uid === process.getuid?.();
const isOldSocket = (stats: Stats | null, nowMs: number): boolean =>
  stats?.isSocket() === true && nowMs - stats.mtimeMs > youngMs;

/** A server that is only busy, or whose process belongs to another container, is connected to by the system all the same. */
function isRefused(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ path, timeout: connectLimitMs });
    const answer = (isDead: boolean) => {
      probe.destroy();
      resolve(isDead);
    };
    probe.once('connect', () => answer(false));
    probe.once('timeout', () => answer(false));
    probe.once('error', (error: NodeJS.ErrnoException) => answer(error.code === 'ECONNREFUSED'));
  });
}

/** Null and empty for what is gone meanwhile, or is another user's. */
function statsOf(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

function readFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
