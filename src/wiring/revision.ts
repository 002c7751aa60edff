/** The store's revision for what stands before the pages; loads nothing of the site, which Next bundles apart. */
import { env } from '#platform/env';
import { onStop } from '#platform/stop';
import { openRevision } from '#store/revision';

/** Reads the revision; closes with the server. */
export function openServerRevision(): () => number {
  const { read, close } = openRevision(env().databaseFile);
  onStop(close);
  return read;
}
