/** Creates the folder of the socket between the front thread and Next, and removes those of killed servers. */
import { lstatSync, mkdtempSync, readdirSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const prefix = 'paper-digest-';
const socketName = 'origin';
/** A younger socket may belong to a server that starts and does not listen yet. */
const startupMs = 60_000;
const connectTimeoutMs = 1_000;

/** Creates a folder that only this user can open. Returns the socket's path. The folder goes when the process exits. */
export async function openSocketFolder(temporaryFolder: string): Promise<string> {
  await removeDeadSockets(temporaryFolder);
  const folder = mkdtempSync(join(temporaryFolder, prefix));
  process.once('exit', () => removeFolder(folder));
  return join(folder, socketName);
}

/** Works when file descriptors have run out, unlike a recursive removal. Another server may remove the folder first. */
function removeFolder(folder: string): void {
  rmSync(join(folder, socketName), { force: true });
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Removes this user's folders that contain only a socket without a listener. */
export async function removeDeadSockets(temporaryFolder: string, nowMs = Date.now()): Promise<void> {
  const folders = readFolder(temporaryFolder).filter((name) => name.startsWith(prefix));
  for (const folder of folders.map((name) => join(temporaryFolder, name))) {
    const socket = join(folder, socketName);
    const isOld =
      isOwnFolder(statsOf(folder)) && isOldSocket(statsOf(socket), nowMs) && readFolder(folder).length === 1;
    if (isOld && (await isRefused(socket))) removeFolder(folder);
  }
}

const isOwnFolder = (stats: Stats | null): boolean => stats?.isDirectory() === true && stats.uid === process.getuid?.();
const isOldSocket = (stats: Stats | null, nowMs: number): boolean =>
  stats?.isSocket() === true && nowMs - stats.mtimeMs > startupMs;

/** The kernel accepts connections for a busy server and for one in another container, so only a dead socket refuses. */
function isRefused(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ path, timeout: connectTimeoutMs });
    const finish = (isDead: boolean) => {
      probe.destroy();
      resolve(isDead);
    };
    probe.once('connect', () => finish(false));
    probe.once('timeout', () => finish(false));
    probe.once('error', (error: NodeJS.ErrnoException) => finish(error.code === 'ECONNREFUSED'));
  });
}

/** Returns null if the file is gone by now. */
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
