/** Papers tagged with an earlier topic vocabulary are merged anew from their kept records. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { RecordWriter } from '#core/ports/ingest.ts';
import { resolvePapers } from '#ingest/save-batch.ts';
import { topicsVersion } from './index.ts';

const batchMax = 500;

/** Answers how many papers changed; nothing is done when the vocabulary is the one they were tagged with. Can be interrupted and run again. */
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
