/** Tells whether a build is up to date: a hash of its sources is stored in a stamp next to it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Hashes names and contents of all files in `paths`, without those in `ignored`. */
export function fingerprint(root, paths, ignored = []) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesOf(join(root, path), root, ignored))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Returns sorted paths relative to the root, with `/`. Missing paths yield none. */
function filesOf(path, root, ignored) {
  const name = relative(root, path).split(sep).join('/');
  if (!existsSync(path) || ignored.includes(name)) return [];
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => filesOf(join(path, entry), root, ignored));
}

export const isFresh = (stamp, hash) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;

/** A build without stamp counts as incomplete. */
export const removeStamp = (stamp) => rmSync(stamp, { force: true });

export function writeStamp(stamp, hash) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
