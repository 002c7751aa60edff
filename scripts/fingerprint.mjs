/** Tells whether what was made from the sources still fits them: a digest of files, kept beside what was made. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** A digest of the names and contents of files; of folders every file in them counts, but for those that `ignored` names. */
export function fingerprint(root, paths, ignored = []) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesOf(join(root, path), root, ignored))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Paths with `/`, sorted, relative to the root; nothing for what is not there. */
function filesOf(path, root, ignored) {
  const name = relative(root, path).split(sep).join('/');
  if (!existsSync(path) || ignored.includes(name)) return [];
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => filesOf(join(path, entry), root, ignored));
}

export const isFresh = (stamp, print) => existsSync(stamp) && readFileSync(stamp, 'utf8') === print;

/** Without its stamp a thing counts as half made. */
export const removeStamp = (stamp) => rmSync(stamp, { force: true });

export function writeStamp(stamp, print) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
}
