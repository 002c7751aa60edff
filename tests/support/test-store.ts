/** What the contract suites need of a store: its ports, over any number of connections, and nothing of its engine. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { FetchState, Lease } from '#core/ports/fetching.ts';
import type { RecordWriter, RunLog } from '#core/ports/ingest.ts';
import type { PaperReader } from '#core/ports/papers.ts';
import type { DeliveryQueue, SubscriptionStore } from '#core/ports/subscriptions.ts';

/** The ports as callers that await every answer see them. */
export type StorePorts = {
  readonly reader: AsyncPort<PaperReader>;
  readonly writer: AsyncPort<RecordWriter>;
  readonly fetchState: AsyncPort<FetchState>;
  readonly lease: AsyncPort<Lease>;
  readonly runLog: AsyncPort<RunLog>;
  readonly book: AsyncPort<SubscriptionStore>;
  readonly ledger: AsyncPort<DeliveryQueue>;
};

/** A logged run as the status page reads it, with its number. */
export type LoggedRun = {
  readonly id: number;
  readonly source: string;
  readonly subject: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly failure: string | null;
};

/** One store, which belongs to one test. */
export type TestStore = {
  /** Opens the ports on connections of their own, as another process does. */
  connect(options?: ConnectOptions): Promise<StorePorts>;
  /** A copy of what is on the disk at this moment, opened anew: the store after a crash of everybody who uses it. */
  crash(): Promise<TestStore>;
  /** The logged runs, oldest first. The port only writes them. */
  runs(): Promise<readonly LoggedRun[]>;
  /** The rejections of a run in their order. The port only writes them. */
  rejections(
    run: number,
  ): Promise<readonly { readonly place: string; readonly title: string | null; readonly reason: string }[]>;
  /** The days for which sources were asked. The port only writes them. */
  askedDays(): Promise<readonly AskedDayRow[]>;
};

export type AskedDayRow = {
  readonly source: string;
  readonly day: string;
  readonly items: number;
  readonly reason: string | null;
  readonly askedAt: string;
};

export type ConnectOptions = {
  /** The lease's token that `writer` and `fetchState` check in every writing transaction; without it they check nothing. */
  readonly token?: number;
  /** The writer's clock, ISO 8601 in UTC. */
  readonly now?: string;
  /** Confirmation mails in 24 hours. */
  readonly mailLimits?: { readonly perMailbox: number; readonly perSite: number };
};

/** Makes an empty store. */
export type MakeStore = () => Promise<TestStore>;

/** An empty store with one open connection. */
export async function open(
  makeStore: MakeStore,
  options?: ConnectOptions,
): Promise<StorePorts & { readonly store: TestStore }> {
  const store = await makeStore();
  return { store, ...(await store.connect(options)) };
}
