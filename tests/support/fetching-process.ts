/** A process that fetches SOURCES on schedule until it is stopped, like a server without pages. */

import { readSettings } from '#platform/settings.ts';
import { runStopTasks } from '#platform/stop.ts';
import { startFetching } from '#wiring/ingest.ts';
import { prepareStore } from '#wiring/store.ts';

prepareStore(readSettings().databaseFile, process.cwd());
startFetching();
const alive = setInterval(() => {}, 60_000);
process.once('SIGTERM', async () => {
  clearInterval(alive);
  await runStopTasks(10_000);
});
