/** The store interface of the contract suites: ports over any number of connections, independent of the engine. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { FetchState, Lease } from '#core/ports/fetching.ts';
import type { RecordWriter, RunLog } from '#core/ports/ingest.ts';
import type { PaperReader } from '#core/ports/papers.ts';
import type { DeliveryQueue, SubscriptionStore } from '#core/ports/subscriptions.ts';

/** The ports as asynchronous interfaces. */
export type StorePorts = {
  readonly reader: AsyncPort<PaperReader>;
  readonly writer: AsyncPort<RecordWriter>;
  readonly fetchState: AsyncPort<FetchState>;
  readonly lease: AsyncPort<Lease>;
  readonly runLog: AsyncPort<RunLog>;
  readonly book: AsyncPort<SubscriptionStore>;
  readonly ledger: AsyncPort<DeliveryQueue>;
};

/** A logged run as the status page reads it, with its id. */
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
  /** Opens the ports with new connections, like another process. */
  connect(options?: ConnectOptions): Promise<StorePorts>;
  /** Opens a copy of the files on disk: the store after a crash of all processes that use it. */
  crash(): Promise<TestStore>;
  /** Returns the logged runs, oldest first. The port can only write them. */
  runs(): Promise<readonly LoggedRun[]>;
  /** Returns the rejections of a run in order. The port can only write them. */
  rejections(
    run: number,
  ): Promise<readonly { readonly place: string; readonly title: string | null; readonly reason: string }[]>;
  /** Returns the days that were fetched from sources. The port can only write them. */
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
  /** The fencing token that `writer` and `fetchState` check in each write transaction. Without it they do not check. */
  readonly token?: number;
  /** The writer's clock, ISO 8601 in UTC. */
  readonly now?: string;
  /** Limits of confirmation mails in 24 hours. */
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
