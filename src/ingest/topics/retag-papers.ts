/** Merges papers again whose topics were assigned with another version of the topic list. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { RecordWriter } from '#core/ports/ingest.ts';
import { resolvePapers } from '#ingest/save-batch.ts';
import { topicsVersion } from './index.ts';

const batchMax = 500;

/** Returns how many papers changed; does nothing if the topic version is current. Safe to interrupt and repeat. */
export async function retagPapers(
  writer: AsyncPort<RecordWriter>,
  onProgress: (papers: number) => void = () => {},
): Promise<number> {
  if ((await writer.topicsVersion()) === topicsVersion) return 0;
  let changed = 0;
  for (let [last, done] = [0, 0]; ; ) {
    const page = await writer.keptAfter(last, batchMax);
    if (page.records.length === 0) break;
    const outcomes = await writer.saveRecords(page.records, resolvePapers);
    changed += [...outcomes.values()].filter((outcome) => outcome === 'updated').length;
    done += outcomes.size;
    last = page.last;
    onProgress(done);
    await new Promise(setImmediate);
  }
  await writer.setTopicsVersion(topicsVersion);
  return changed;
}
