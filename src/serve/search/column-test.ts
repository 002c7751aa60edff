/** Conditions that a document's columns decide: ranges of numbers and days, and what a paper has. */
import type { Condition, HasKind, NumberRange } from '#core/condition';
import { type DayRange, dayNumber } from '#core/day';
import { flagBits, undated, unknown } from './columns.ts';
import type { Segment } from './segment.ts';

type ColumnCondition = Extract<Condition, { kind: 'authorCount' | 'upvotes' | 'commentCount' | 'publishedOn' | 'listedOn' | 'has' }>;

export function columnTest({ columns }: Segment, condition: ColumnCondition): (doc: number) => boolean {
  switch (condition.kind) {
    case 'authorCount':
    case 'upvotes':
    case 'commentCount':
      return isInRange(columns[condition.kind], condition);
    case 'publishedOn': {
      const { first, last } = dayBounds(condition);
      const { from, to } = columns;
      return (doc) => from[doc] !== undated && (from[doc] as number) >= first && (to[doc] as number) <= last;
    }
    case 'listedOn': {
      const { first, last } = dayBounds(condition);
      const { listingsStart: start, listingDays: days } = columns;
      return (doc) => {
        for (let i = start[doc] as number; i < (start[doc + 1] as number); i++) {
          if ((days[i] as number) >= first && (days[i] as number) <= last) return true;
        }
        return false;
      };
    }
    case 'has':
      return condition.what === 'comments' ? (doc) => (columns.commentCount[doc] as number) > 0 : hasFlag(columns.flags, condition.what);
    default:
      return condition satisfies never;
  }
}

function hasFlag(flags: Uint8Array, what: Exclude<HasKind, 'comments'>): (doc: number) => boolean {
  return (doc) => ((flags[doc] as number) & flagBits[what]) !== 0;
}

function isInRange(column: Int32Array, { min, max }: NumberRange): (doc: number) => boolean {
  const [low, high] = [min ?? 0, max ?? Number.POSITIVE_INFINITY];
  return (doc) => column[doc] !== unknown && (column[doc] as number) >= low && (column[doc] as number) <= high;
}

export function dayBounds({ from, to }: DayRange): { readonly first: number; readonly last: number } {
  return { first: from === null ? undated : dayNumber(from), last: to === null ? Number.POSITIVE_INFINITY : dayNumber(to) };
}
