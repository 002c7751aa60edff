/** A process that fetches SOURCES by itself until it is told to stop: what a server does beside its pages. */

import { env } from '#platform/env';
import { runStopTasks } from '#platform/stop';
import { startFetching } from '#wiring/ingest';
import { prepareStore } from '#wiring/store';

prepareStore(env().databaseFile, process.cwd());
startFetching();
const alive = setInterval(() => {}, 60_000);
process.once('SIGTERM', async () => {
  clearInterval(alive);
  await runStopTasks(10_000);
});
