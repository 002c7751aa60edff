/** Wires ingestion: the database connection for writing, the lease, the HTTP client and the scheduler. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { FetchState } from '#core/ports/fetching.ts';
import type { RecordWriter, RunLog } from '#core/ports/ingest.ts';
import { type FetchPorts, fetchPapers } from '#ingest/fetch-papers.ts';
import { type Endpoints, toScheduledJob } from '#ingest/schedule/scheduled-jobs.ts';
import { toSourceStatus } from '#ingest/schedule/source-status.ts';
import { isoNow, systemClock } from '#platform/clock.ts';
import { createHostRules } from '#platform/http-client/hosts.ts';
import { createHttp } from '#platform/http-client/http-client.ts';
import { reserveStart } from '#platform/http-client/pace.ts';
import type { HeldLease, LeasePorts } from '#platform/lease.ts';
import { type Job, startScheduler } from '#platform/scheduler.ts';
import { readSettings, type Settings } from '#platform/settings.ts';
import { onStop } from '#platform/stop.ts';
import { openForWriting, stopWaitingForLocks } from '#store/sqlite/database.ts';
import { createFetchState } from '#store/sqlite/ingest/fetch-state.ts';
import { createLease } from '#store/sqlite/ingest/lease.ts';
import { createPaceStore } from '#store/sqlite/ingest/pace-store.ts';
import { createRunLog } from '#store/sqlite/ingest/run-log.ts';
import { createSchedule } from '#store/sqlite/ingest/schedule-store.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { inBackground, type RetryLimit, retryingPort } from '#store/sqlite/retry-while-locked.ts';
import { createClockCheck } from './check-clock.ts';
import { createServerLog } from './log.ts';
import { fetchInThread } from './read-in-thread.ts';

export type Ingest = {
  readonly lease: LeasePorts['lease'];
  /** Throws an `AppError` while the clock is known to be wrong. Call it before reading or writing. */
  checkClock(): void;
  /** Returns a writer whose transactions check the lease. */
  writerFor(heldLease: HeldLease): AsyncPort<RecordWriter>;
  fetchPortsFor(heldLease: HeldLease): FetchPorts;
  readonly runs: AsyncPort<RunLog>;
  /** For reading, and for `tell`. All other writes go through `fetchPortsFor` and check the lease. */
  readonly state: Pick<AsyncPort<FetchState>, 'healthOf' | 'tell'>;
  readonly endpoints: Endpoints;
  readonly schedule: AsyncPort<ReturnType<typeof createSchedule>>;
  close(): void;
};

/** `onLocked` is called while another program locks the database. */
export function openIngest(settings: Settings, onLocked?: () => void): Ingest {
  const database = openForWriting(settings.databaseFile);
  const retryLimit: RetryLimit = { ...inBackground, ...(onLocked && { onWait: onLocked }) };
  const retrying = <Port extends object>(port: Port) => retryingPort(port, retryLimit);
  const endpoints = { hf: settings.hfEndpoint, arxiv: settings.arxivEndpoint };
  const get = createHttp({
    rules: createHostRules(endpoints),
    pace: retrying(createPaceStore(database, reserveStart, systemClock.nowMs)),
    trustedOrigins: Object.values(endpoints).map((endpoint) => new URL(endpoint).origin),
    userAgent: `PaperDigest/1.0 (self-hosted; ${settings.siteUrl})`,
  });
  const runs = retrying(createRunLog(database));
  const checkClock = createClockCheck();
  const check = (heldLease: HeldLease) => () => {
    heldLease.check();
    checkClock();
  };
  const writerFor = (heldLease: HeldLease) => retrying(createRecordWriter(database, check(heldLease)));
  const lease = createLease(database, 'ingest');
  stopWaitingForLocks(database);
  return {
    checkClock,
    lease: { ...retrying(lease), check: lease.check },
    writerFor,
    fetchPortsFor: (heldLease) => ({
      get,
      fetch: fetchInThread,
      runs,
      writer: writerFor(heldLease),
      state: retrying(createFetchState(database, heldLease.check)),
      ready: heldLease.ready,
      now: () => isoNow(),
    }),
    runs,
    state: retrying(createFetchState(database)),
    endpoints,
    schedule: retrying(createSchedule(database)),
    close: () => {
      database.close();
    },
  };
}

/** A source's status can change by time alone, so it is saved at this interval. */
const saveStatusEveryMs = 20_000;

/** Fetches SOURCES every INGEST_EVERY, in one of the processes on this store. Does nothing without SOURCES. */
export function startFetching(): void {
  const settings = readSettings();
  if (settings.sources.length === 0) return;
  const ingest = openIngest(settings);
  const log = createServerLog();
  const jobs = settings.sources.map((name) => toJob(name, ingest, settings));
  const stop = startScheduler({ jobs, lease: ingest.lease, schedule: ingest.schedule, clock: systemClock, log });
  const statusTimer = setInterval(() => {
    saveStatuses(ingest, settings).catch((error: unknown) =>
      log.warn('the state of the sources could not be noted', { error: String(error) }),
    );
  }, saveStatusEveryMs);
  onStop(async () => {
    clearInterval(statusTimer);
    await stop();
    ingest.close();
  });
}

function toJob(name: string, ingest: Ingest, settings: Settings): Job {
  return {
    name,
    everyMs: settings.ingestEveryMs,
    async run(heldLease, signal) {
      ingest.checkClock();
      const job = toScheduledJob(name, await ingest.state.healthOf(name), {
        now: isoNow(),
        endpoints: ingest.endpoints,
      });
      try {
        if (job) await fetchPapers(job, { ...ingest.fetchPortsFor(heldLease), signal });
      } finally {
        await saveStatuses(ingest, settings);
      }
    },
  };
}

/** Saves each source's status if it changed. That raises the revision, so cached pages show a stalled source. */
async function saveStatuses({ state }: Ingest, { sources, ingestEveryMs }: Settings): Promise<void> {
  for (const name of sources) {
    const { health: _, ...status } = toSourceStatus(name, await state.healthOf(name), {
      now: isoNow(),
      everyMs: ingestEveryMs,
    });
    await state.tell(name, JSON.stringify(status));
  }
}
