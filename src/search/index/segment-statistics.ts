/** What is worked out once about a segment's columns, because searches would work it out again and again. */

import { DocSet } from './doc-set.ts';
import { type DocValues, flagBits } from './doc-values.ts';

/** Documents from `first` up to `end`, which are of one year (0: of none known). */
type YearRun = { readonly year: number; readonly first: number; readonly end: number };

export type SegmentStatistics = {
  /** Documents stand newest first, so each year's are side by side. */
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
