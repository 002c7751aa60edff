/** A process that fetches SOURCES by itself until it is told to stop: what a server does beside its pages. */

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
