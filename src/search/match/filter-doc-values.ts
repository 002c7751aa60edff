/** Narrows a set by what a document's columns decide: ranges of numbers and days, and what a paper has. */
import type { Condition, HasKind, NumberRange } from '#core/condition.ts';
import { type DayRange, dayNumber } from '#core/day.ts';
import { type DocSet, lowestBit } from '#search/index/doc-set.ts';
import { type DocValues, flagBits, undated } from '#search/index/doc-values.ts';
import type { Segment } from '#search/index/segment.ts';

type ColumnCondition = Extract<
  Condition,
  { kind: 'authorCount' | 'upvotes' | 'commentCount' | 'publishedOn' | 'listedOn' | 'has' }
>;

const someDay = -0x7fffffff;
const greatest = 0x7fffffff;

export function filterByDocValue(
  { columns, statistics: facts }: Segment,
  set: DocSet,
  condition: ColumnCondition,
): void {
  switch (condition.kind) {
    case 'authorCount':
    case 'upvotes':
    case 'commentCount':
      keepRange(set, columns[condition.kind], toRange(condition));
      break;
    case 'publishedOn':
      narrowToPublished(columns, set, dayBounds(condition));
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
      if (condition.what === 'comments') keepRange(set, columns.commentCount, { low: 1, high: greatest });
      else if (condition.what === 'code') set.and(facts.withCode);
      else keepFlagged(set, columns.flags, flagBits[condition.what satisfies Exclude<HasKind, 'comments' | 'code'>]);
      break;
    default:
      condition satisfies never;
  }
}

type Range = { readonly low: number; readonly high: number };

/** What is not known is -1, below every range. */
function toRange({ min, max }: NumberRange): Range {
  return { low: Math.max(0, min ?? 0), high: max ?? greatest };
}

/** A loop of its own for columns: it runs over every paper when a search has no words. */
function keepRange(set: DocSet, column: Int32Array, { low, high }: Range): void {
  const { words } = set;
  for (let i = 0; i < words.length; i++) {
    let word = words[i] as number;
    for (let bits = word; bits !== 0; bits &= bits - 1) {
      const bit = lowestBit(bits);
      const value = column[(i << 5) | bit] as number;
      if (value < low || value > high) word &= ~(1 << bit);
    }
    words[i] = word;
  }
}

function keepFlagged(set: DocSet, flags: Uint8Array, flag: number): void {
  set.filter((doc) => ((flags[doc] as number) & flag) !== 0);
}

/** Documents stand newest first, so those that begin in the range are side by side; of the newest ones some may end behind it. */
function narrowToPublished({ from, to }: DocValues, set: DocSet, { first, last }: ReturnType<typeof dayBounds>): void {
  set.keepIn(firstAtMost(from, last), firstAtMost(from, Math.max(first, someDay) - 1));
  keepRange(set, to, { low: first, high: Math.min(last, greatest) });
}

/** The first document whose day is not after `day`; days descend. */
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
