/** Filters documents by doc values: ranges of numbers and days, and flags. */
import type { Condition, HasKind, NumberRange } from '#core/condition.ts';
import { type DayRange, dayNumber } from '#core/day.ts';
import { type DocSet, lowestBit } from '#search/index/doc-set.ts';
import { type DocValues, flagBits, undated } from '#search/index/doc-values.ts';
import type { Segment } from '#search/index/segment.ts';

type DocValueCondition = Extract<
  Condition,
  { kind: 'authorCount' | 'upvotes' | 'commentCount' | 'publishedOn' | 'listedOn' | 'has' }
>;

const dayMin = -0x7fffffff;
const valueMax = 0x7fffffff;

export function filterByDocValue(
  { docValues: columns, statistics }: Segment,
  set: DocSet,
  condition: DocValueCondition,
): void {
  switch (condition.kind) {
    case 'authorCount':
    case 'upvotes':
    case 'commentCount':
      filterByRange(set, columns[condition.kind], toRange(condition));
      break;
    case 'publishedOn':
      filterByPublished(columns, set, dayBounds(condition));
      break;
    case 'listedOn': {
      const { first, last } = dayBounds(condition);
      const { listingsStart: start, listingDays: days } = columns;
      set.filter((doc) => {
        for (let i = start[doc] as number; i < (start[doc + 1] as number); i++) {
          if ((days[i] as number) >= first && (days[i] as number) <= last) return true;
        }
        return false;
      });
      break;
    }
    case 'has':
      if (condition.what === 'comments') filterByRange(set, columns.commentCount, { low: 1, high: valueMax });
      else if (condition.what === 'code') set.and(statistics.withCode);
      else filterByFlag(set, columns.flags, flagBits[condition.what satisfies Exclude<HasKind, 'comments' | 'code'>]);
      break;
    default:
      condition satisfies never;
  }
}

type Range = { readonly low: number; readonly high: number };

/** An unknown value is -1, so `low` is never below 0. */
function toRange({ min, max }: NumberRange): Range {
  return { low: Math.max(0, min ?? 0), high: max ?? valueMax };
}

/** Avoids a call per document: a search without words runs this loop over every paper. */
function filterByRange(set: DocSet, values: Int32Array, { low, high }: Range): void {
  const { words } = set;
  for (let i = 0; i < words.length; i++) {
    let word = words[i] as number;
    for (let bits = word; bits !== 0; bits &= bits - 1) {
      const bit = lowestBit(bits);
      const value = values[(i << 5) | bit] as number;
      if (value < low || value > high) word &= ~(1 << bit);
    }
    words[i] = word;
  }
}

function filterByFlag(set: DocSet, flags: Uint8Array, flag: number): void {
  set.filter((doc) => ((flags[doc] as number) & flag) !== 0);
}

/**
 * Documents are sorted by the start of their date, newest first, so those that start in the range are adjacent.
 * The second filter drops dates such as "2024" that end after the range.
 */
function filterByPublished({ from, to }: DocValues, set: DocSet, { first, last }: ReturnType<typeof dayBounds>): void {
  set.intersectRange(firstAtMost(from, last), firstAtMost(from, Math.max(first, dayMin) - 1));
  filterByRange(set, to, { low: first, high: Math.min(last, valueMax) });
}

/** Returns the first document whose day is at most `day`. `days` is in descending order. */
function firstAtMost(days: Int32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] as number) > day) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function dayBounds({ from, to }: DayRange): { readonly first: number; readonly last: number } {
  return {
    first: from === null ? undated : dayNumber(from),
    last: to === null ? Number.POSITIVE_INFINITY : dayNumber(to),
  };
}
