/** Statistics of a segment's doc values. They are computed once and used by every search. */
import { DocSet } from './doc-set.ts';
import { type DocValues, flagBits } from './doc-values.ts';

/** Documents `[first, end)` of one year. Year 0 means unknown. */
type YearRun = { readonly year: number; readonly first: number; readonly end: number };

export type SegmentStatistics = {
  /** Documents are numbered newest first, so each year is one range. */
  readonly years: readonly YearRun[];
  readonly withCode: DocSet;
};

export function statisticsOf({ year, flags }: DocValues): SegmentStatistics {
  const size = year.length;
  const years: YearRun[] = [];
  const withCode = new DocSet(size);
  for (let doc = 0; doc < size; doc++) if ((flags[doc] as number) & flagBits.code) withCode.add(doc);
  for (let first = 0; first < size; ) {
    let end = first + 1;
    while (end < size && year[end] === year[first]) end++;
    years.push({ year: year[first] as number, first, end });
    first = end;
  }
  return { years, withCode };
}
