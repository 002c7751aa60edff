/** Papers with dates that no paper can have, as earlier versions took them, are merged anew from their stored records. */

import { addDays, listingDays, type Period, publicationDays, toDay } from '#core/day.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { DateLimits, RecordWriter } from '#core/ports/ingest.ts';
import { resolvePapers } from '#ingest/save-batch.ts';

const batchMax = 500;
/** No year is shorter: papers that are found in vain change nothing. */
const yearDaysMin = 365;

/** Whether there is anything to heal: looks through indexes only, so that a large store takes no time. */
export function needsHealing(writer: RecordWriter): boolean {
  return writer.hasDatesBeyond(limitsAt(writer.now()));
}

/** Answers how many papers changed. Each batch is a transaction: an interrupted run goes on where it was when it is run again. */
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

/** By the clock alone: dates that were read when it stood later are found too, and `resolvePapers` keeps them. */
function limitsAt(now: string): DateLimits {
  const today = toDay(Date.parse(now));
  return {
    listed: until(listingDays, addDays(today, 1)),
    published: until(publicationDays, addDays(today, yearDaysMin)),
  };
}

const until = ({ from, to }: Period, latest: Period['to']): Period => ({ from, to: latest < to ? latest : to });
