/** Saves a batch of records: merges each with its stored statement, decides which papers they are, and writes those. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { FoundRecord, RecordWriter, ResolvedPaper, SaveOutcome } from '#core/ports/ingest.ts';
import type { StoredRecord } from '#core/record.ts';
import { withoutOverruledDate } from './dates/possible-dates.ts';
import { identifyPapers } from './identify/identify-papers.ts';
import { mergePaper, type TopicFinder } from './identify/merge-papers.ts';
import { contentOf, mergeRecords, timesOf } from './identify/merge-records.ts';
import { titleKey } from './identify/title-key.ts';
import { tagPaper } from './topics/tag-paper.ts';

/** Returns one outcome for each record of the batch, in its order. */
export async function saveBatch(
  batch: readonly FoundRecord[],
  writer: Pick<AsyncPort<RecordWriter>, 'saveRecords'>,
): Promise<SaveOutcome[]> {
  const incoming = new Map<string, FoundRecord>();
  for (const found of batch) incoming.set(found.identity, combine(incoming.get(found.identity), found));
  const repeated = new Set<string>();
  const outcomes = await writer.saveRecords([...incoming.values()], (kept, now) => {
    const known = new Map(kept.map((found) => [found.identity, found]));
    let hasNews = false;
    for (const found of incoming.values()) {
      const before = known.get(found.identity);
      const after = combine(
        before && { ...before, record: withoutOverruledDate(before.record, found.record, now) },
        found,
      );
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

const hasTexts = ({ record }: FoundRecord, { title, abstract }: Pick<StoredRecord, 'title' | 'abstract'>): boolean =>
  record.title === title && record.abstract === abstract;

/** Which papers the records are, each merged from its own at the time `now`. */
export function resolvePapers(records: readonly FoundRecord[], now: string): ResolvedPaper[] {
  const foundOf = new Map(records.map((found) => [found.record, found]));
  return identifyPapers(records.map((found) => found.record)).map((cluster) => {
    const own = cluster.records.flatMap((record) => foundOf.get(record) ?? []);
    const topicsOf: TopicFinder = (text) =>
      own.find((found) => found.topics && hasTexts(found, text))?.topics ?? tagPaper(text);
    return { paper: mergePaper(cluster.records, now, topicsOf), records: own };
  });
}
