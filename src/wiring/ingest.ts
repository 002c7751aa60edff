/** What a process that ingests is made of: the writing connection, the lease, the fetcher and the scheduler. */

import type { FetchState, Lease } from '#core/fetching';
import type { HttpGet } from '#core/http';
import type { RecordWriter, RunLog } from '#core/ingest-ports';
import { fetchPapers } from '#ingest/fetch-papers';
import { type Endpoints, toScheduledJob } from '#ingest/scheduled-jobs';
import { isoNow, systemClock } from '#platform/clock';
import { type Env, env } from '#platform/env';
import { createHttp } from '#platform/http';
import { createHostRules } from '#platform/http/hosts';
import { reserveStart } from '#platform/http/pace';
import { type Job, startScheduler } from '#platform/scheduler';
import { onStop } from '#platform/stop';
import { openWritable } from '#store/database';
import { createFetchState } from '#store/fetch-state';
import { createLease } from '#store/lease';
import { createPaceStore } from '#store/pace-store';
import { createRecordWriter } from '#store/record-writer';
import { createRunLog } from '#store/run-log';
import { createSchedule } from '#store/schedule';
import { createServerLog } from './log.ts';

export type Ingest = {
  readonly lease: Lease;
  /** A writer for as long as the lease's token holds. */
  writerFor(token: number): RecordWriter;
  readonly runs: RunLog;
  readonly state: FetchState;
  readonly get: HttpGet;
  readonly endpoints: Endpoints;
  readonly schedule: ReturnType<typeof createSchedule>;
  close(): void;
};

export function openIngest(settings: Env): Ingest {
  const database = openWritable(settings.databaseFile);
  const lease = createLease(database, 'ingest');
  const endpoints = { hf: settings.hfEndpoint, arxiv: settings.arxivEndpoint };
  const get = createHttp({
    rules: createHostRules(endpoints),
    pace: createPaceStore(database, reserveStart, systemClock.nowMs),
    trustedOrigins: Object.values(endpoints).map((endpoint) => new URL(endpoint).origin),
    userAgent: `PaperDigest/1.0 (self-hosted; ${settings.siteUrl})`,
  });
  return {
    lease,
    writerFor: (token) => createRecordWriter(database, () => lease.check(token)),
    runs: createRunLog(database),
    state: createFetchState(database),
    get,
    endpoints,
    schedule: createSchedule(database),
    close: () => {
      database.close();
    },
  };
}

/** Fetches SOURCES every INGEST_EVERY in one of the processes that serve this store; nothing without SOURCES. */
export function startFetching(): void {
  const settings = env();
  if (settings.sources.length === 0) return;
  const ingest = openIngest(settings);
  const jobs = settings.sources.map((name) => toJob(name, ingest, settings));
  const stop = startScheduler({ jobs, lease: ingest.lease, schedule: ingest.schedule, clock: systemClock, log: createServerLog() });
  onStop(async () => {
    await stop();
    ingest.close();
  });
}

function toJob(name: string, ingest: Ingest, settings: Env): Job {
  return {
    name,
    everyMs: settings.ingestEveryMs,
    async run(token, signal) {
      const job = toScheduledJob(name, ingest.state.healthOf(name), { now: isoNow(), endpoints: ingest.endpoints });
      if (job) await fetchPapers(job, { ...ingest, writer: ingest.writerFor(token), now: () => isoNow(), signal });
    },
  };
}
