/** The write flow: source events → records → one paper once → store, in batches, with a report of every record. */
import type { FoundRecord, RecordWriter, Rejection, ResolvedPaper, RunReport, SaveOutcome } from '#core/ingest-ports';
import { PaperRecordSchema } from '#core/record';
import { explainIssue } from './explain-issue.ts';
import type { FetchEvent } from './fetch-source.ts';
import { identifyPapers } from './identify-papers.ts';
import { mergePaper } from './merge-papers.ts';
import { contentOf, givenIdOf, identityOf, mergeRecords, timesOf, toKeptRecord } from './merge-records.ts';
import type { SourceEvent } from './source.ts';
import { titleKey } from './title-key.ts';

export type IngestProgress = { readonly report: RunReport; readonly done: number; readonly total: number | null; readonly unit: string };

export type IngestPorts = {
  readonly writer: RecordWriter;
  /** Called after each batch and each progress event. */
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Told of a checkpoint or a day asked for, once every record before it is stored. */
  readonly onStored?: (event: StoredEvent) => void;
  /** Resolves when this process may write: waited for before each batch. */
  readonly ready?: () => Promise<void>;
  /** Ends the run after the batch at hand; what was saved stays. */
  readonly signal?: AbortSignal;
};

/** What a source says beside records that means something only when these are stored. */
export type StoredEvent = Exclude<FetchEvent, SourceEvent>;

const batchMax = 1_000;
/** Days of a listing source are small: several share a transaction, but none waits for long to be safe and seen. */
const storedEventsMax = 20;
const storedAfterMs = 1_000;

/** Throws what the source throws (`SourceRefused`, network failures) after saving what it had said before. */
export async function ingestPapers(events: AsyncIterable<FetchEvent>, ports: IngestPorts): Promise<RunReport> {
  const counts = { added: 0, updated: 0, unchanged: 0 };
  const rejected: Rejection[] = [];
  const progress = { done: 0, total: null as number | null, unit: 'papers' };
  let batch: FoundRecord[] = [];
  let pending: StoredEvent[] = [];
  let flushedMs = performance.now();
  const report = (): RunReport => ({ read: counts.added + counts.updated + counts.unchanged + rejected.length, ...counts, rejected });
  const flush = async () => {
    await ports.ready?.();
    if (batch.length > 0) for (const outcome of saveBatch(batch, ports.writer)) counts[outcome]++;
    for (const event of pending) ports.onStored?.(event);
    batch = [];
    pending = [];
    flushedMs = performance.now();
    ports.onProgress?.({ report: report(), ...progress });
  };
  try {
    for await (const event of events) {
      if (event.kind === 'rejected') rejected.push(event.rejection);
      else if (event.kind === 'progress') Object.assign(progress, { done: event.done, total: event.total, unit: event.unit });
      else if (event.kind === 'record') take(event, batch, rejected);
      else pending.push(event);
      const isLate = event.kind === 'checkpoint' && performance.now() - flushedMs > storedAfterMs;
      if (batch.length < batchMax && pending.length < storedEventsMax && !isLate) continue;
      await flush();
      if (ports.signal?.aborted) break;
      await new Promise(setImmediate); // a server that ingests goes on answering
    }
  } finally {
    if (batch.length + pending.length > 0) await flush();
  }
  ports.onProgress?.({ report: report(), ...progress });
  return report();
}

function take(event: Extract<SourceEvent, { kind: 'record' }>, batch: FoundRecord[], rejected: Rejection[]): void {
  const parsed = PaperRecordSchema.safeParse(event.record);
  if (!parsed.success) {
    rejected.push({ where: event.where, title: event.record.title, reason: explainIssue(parsed.error) });
    return;
  }
  const record = toKeptRecord(parsed.data);
  batch.push({ record, identity: identityOf(record), titleKey: titleKey(record.title), givenId: givenIdOf(record) });
}

/** One outcome for each record of the batch, in its order. */
function saveBatch(batch: readonly FoundRecord[], writer: RecordWriter): SaveOutcome[] {
  const incoming = new Map<string, FoundRecord>();
  for (const found of batch) incoming.set(found.identity, combine(incoming.get(found.identity), found));
  const repeated = new Set<string>();
  const outcomes = writer.saveRecords([...incoming.values()], (kept) => {
    const known = new Map(kept.map((found) => [found.identity, found]));
    let hasNews = false;
    for (const found of incoming.values()) {
      const before = known.get(found.identity);
      const after = combine(before, found);
      if (before && contentOf(before.record) === contentOf(after.record)) repeated.add(found.identity);
      hasNews ||= !repeated.has(found.identity) || !before || timesOf(before.record) !== timesOf(after.record);
      known.set(found.identity, after);
    }
    return hasNews ? resolvePapers([...known.values()]) : null;
  });
  const added = new Set<SaveOutcome | string>();
  return batch.map(({ identity }) => {
    const outcome = repeated.has(identity) ? 'unchanged' : (outcomes.get(identity) ?? 'unchanged');
    // Of several records of one new paper the first adds it.
    if (outcome === 'added' && added.has(identity)) return 'unchanged';
    added.add(identity);
    return outcome;
  });
}

function combine(before: FoundRecord | undefined, after: FoundRecord): FoundRecord {
  if (!before) return after;
  const record = mergeRecords(before.record, after.record);
  return { ...after, record, titleKey: titleKey(record.title) };
}

/** Which papers the records are, each merged from its own. */
export function resolvePapers(records: readonly FoundRecord[]): ResolvedPaper[] {
  const foundOf = new Map(records.map((found) => [found.record, found]));
  return identifyPapers(records.map((found) => found.record)).map((cluster) => ({
    paper: mergePaper(cluster.records),
    records: cluster.records.flatMap((record) => foundOf.get(record) ?? []),
  }));
}
