/** The store's revision for what stands before the pages; loads nothing of the site, which Next bundles apart. */
import { readSettings } from '#platform/settings.ts';
import { onStop } from '#platform/stop.ts';
import { watchFiles } from '#store/sqlite/file/watch-files.ts';
import { openRevision } from '#store/sqlite/revision.ts';

/** A look at the store's files holds this long. */
const checkEveryMs = 1_000;

/** Reads the revision; throws when the store's files are no longer those that were opened. Closes with the server. */
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
