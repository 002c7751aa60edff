/** Repairs papers that earlier versions stored with impossible dates. Merges them again from their stored records. */

import { addDays, listingDays, type Period, publicationDays, toDay } from '#core/day.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { DateLimits, RecordWriter } from '#core/ports/ingest.ts';
import { resolvePapers } from '#ingest/save-batch.ts';

const batchMax = 500;
/** Days of the shortest year. The query then finds a few papers too many, and merging those changes nothing. */
const yearDaysMin = 365;

/** Returns whether any paper has an impossible date. Reads indexes only, so it is fast on a large store. */
export function needsHealing(writer: RecordWriter): boolean {
  return writer.hasDatesBeyond(limitsAt(writer.now()));
}

/** Returns how many papers changed. Each batch is a transaction, so a later run resumes an interrupted one. */
export async function healDates(writer: AsyncPort<RecordWriter>): Promise<number> {
  const limits = limitsAt(await writer.now());
  await writer.forgetDaysBeyond(limits.listed);
  let changed = 0;
  for (let last = 0; ; ) {
    const page = await writer.keptWithDatesBeyond(limits, last, batchMax);
    if (page.records.length === 0) return changed;
    const outcomes = await writer.saveRecords(page.records, resolvePapers);
    changed += [...outcomes.values()].filter((outcome) => outcome === 'updated').length;
    last = page.last;
    await new Promise(setImmediate);
  }
}

/**
 * Uses the current clock only. If the clock was set back, this also finds dates that were valid when they were read.
 * `resolvePapers` keeps those.
 */
function limitsAt(now: string): DateLimits {
  const today = toDay(Date.parse(now));
  return {
    listed: clampEnd(listingDays, addDays(today, 1)),
    published: clampEnd(publicationDays, addDays(today, yearDaysMin)),
  };
}

const clampEnd = ({ from, to }: Period, latest: Period['to']): Period => ({ from, to: latest < to ? latest : to });
