/** The write flow: source events → records → one paper once → store, in batches, with a report of every record. */
import type { AsyncPort } from '#core/async-port';
import type { FoundRecord, RecordWriter, Rejection, ResolvedPaper, RunReport, SaveOutcome } from '#core/ingest-ports';
import type { KeptRecord } from '#core/record';
import type { FetchEvent } from './fetch-source.ts';
import { type FoundEvent, toFoundEvent } from './find-records.ts';
import { identifyPapers } from './identify-papers.ts';
import { mergePaper, type TopicFinder } from './merge-papers.ts';
import { contentOf, mergeRecords, timesOf } from './merge-records.ts';
import { withoutOverruledDate } from './possible-dates.ts';
import type { SourceEvent } from './source.ts';
import { tagPaper } from './tag-paper.ts';
import { titleKey } from './title-key.ts';

export type IngestProgress = { readonly report: RunReport; readonly done: number; readonly total: number | null; readonly unit: string };

export type IngestPorts = {
  readonly writer: Pick<AsyncPort<RecordWriter>, 'saveRecords' | 'now'>;
  /** Called after each batch and each progress event. */
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Told of a checkpoint or a day asked for, once every record before it is stored. */
  readonly onStored?: (event: StoredEvent) => void | Promise<void>;
  /** Resolves when this process may write: waited for before each batch. */
  readonly ready?: () => Promise<void>;
  /** Ends the run after the batch at hand; what was saved stays. */
  readonly signal?: AbortSignal;
};

/** What a source says beside records that means something only when these are stored. */
export type StoredEvent = Exclude<FetchEvent, SourceEvent>;

/** More would be a little faster, and keep a server that wants to write waiting. */
const batchMax = 1_000;
/** Days of a listing source are small: several share a transaction, but none waits for long to be safe and seen. */
const storedEventsMax = 20;
const storedAfterMs = 1_000;

/** Throws what the source throws (`SourceRefused`, network failures) after saving what it had said before. */
export async function ingestPapers(events: AsyncIterable<FetchEvent | FoundEvent>, ports: IngestPorts): Promise<RunReport> {
  const counts = { added: 0, updated: 0, unchanged: 0 };
  const rejected: Rejection[] = [];
  const progress = { done: 0, total: null as number | null, unit: 'papers' };
  let batch: FoundRecord[] = [];
  let pending: StoredEvent[] = [];
  let flushedMs = performance.now();
  let now = await ports.writer.now();
  const report = (): RunReport => ({ read: counts.added + counts.updated + counts.unchanged + rejected.length, ...counts, rejected });
  const flush = async () => {
    await ports.ready?.();
    if (batch.length > 0) for (const outcome of await saveBatch(batch, ports.writer)) counts[outcome]++;
    for (const event of pending) await ports.onStored?.(event);
    batch = [];
    pending = [];
    flushedMs = performance.now();
    now = await ports.writer.now();
    ports.onProgress?.({ report: report(), ...progress });
  };
  try {
    for await (const said of events) {
      const event = said.kind === 'record' ? toFoundEvent(said, now) : said;
      if (event.kind === 'found' && event.rejection) rejected.push(event.rejection);
      if (event.kind === 'rejected') rejected.push(event.rejection);
      else if (event.kind === 'progress') Object.assign(progress, { done: event.done, total: event.total, unit: event.unit });
      else if (event.kind === 'found') batch.push(event.found);
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

/** One outcome for each record of the batch, in its order. */
async function saveBatch(batch: readonly FoundRecord[], writer: IngestPorts['writer']): Promise<SaveOutcome[]> {
  const incoming = new Map<string, FoundRecord>();
  for (const found of batch) incoming.set(found.identity, combine(incoming.get(found.identity), found));
  const repeated = new Set<string>();
  const outcomes = await writer.saveRecords([...incoming.values()], (kept, now) => {
    const known = new Map(kept.map((found) => [found.identity, found]));
    let hasNews = false;
    for (const found of incoming.values()) {
      const before = known.get(found.identity);
      const after = combine(before && { ...before, record: withoutOverruledDate(before.record, found.record, now) }, found);
      if (before && contentOf(before.record) === contentOf(after.record)) repeated.add(found.identity);
      hasNews ||= !repeated.has(found.identity) || !before || timesOf(before.record) !== timesOf(after.record);
      known.set(found.identity, after);
    }
    return hasNews ? resolvePapers([...known.values()], now) : null;
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
  const { topics, ...found } = after;
  return { ...found, record, titleKey: titleKey(record.title), ...(topics && hasTexts(after, record) && { topics }) };
}

const hasTexts = ({ record }: FoundRecord, { title, abstract }: Pick<KeptRecord, 'title' | 'abstract'>): boolean =>
  record.title === title && record.abstract === abstract;

/** Which papers the records are, each merged from its own at the time `now`. */
export function resolvePapers(records: readonly FoundRecord[], now: string): ResolvedPaper[] {
  const foundOf = new Map(records.map((found) => [found.record, found]));
  return identifyPapers(records.map((found) => found.record)).map((cluster) => {
    const own = cluster.records.flatMap((record) => foundOf.get(record) ?? []);
    const topicsOf: TopicFinder = (text) => own.find((found) => found.topics && hasTexts(found, text))?.topics ?? tagPaper(text);
    return { paper: mergePaper(cluster.records, now, topicsOf), records: own };
  });
}
