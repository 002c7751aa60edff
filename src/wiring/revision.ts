/** Reads the store's revision for the page cache. Imports nothing of the site, which Next bundles separately. */
import { readSettings } from '#platform/settings.ts';
import { onStop } from '#platform/stop.ts';
import { watchFiles } from '#store/sqlite/file/watch-files.ts';
import { openRevision } from '#store/sqlite/revision.ts';

/** Interval between two checks of the store's files. */
const checkEveryMs = 1_000;

/** Returns a function that reads the revision. It throws if the store's files were replaced. Closes with the server. */
export function openServerRevision(): () => number {
  const { databaseFile } = readSettings();
  const { read, close } = openRevision(databaseFile);
  onStop(close);
  const watch = watchFiles(databaseFile);
  let checkedAtMs = performance.now();
  let lost: string | null = null;
  return () => {
    if (performance.now() - checkedAtMs >= checkEveryMs) {
      checkedAtMs = performance.now();
      lost ??= watch.check();
    }
    if (lost !== null) throw new Error(lost);
    return read();
  };
}
