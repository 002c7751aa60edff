/** Defines a filter on a count of a paper: authors, upvotes or comments. */
import type { Condition, NumberRange } from '#core/condition.ts';
import { defineFilter, type Filter } from './filter.ts';
import { formatRange, parseRange, type Range, type Scale } from './range.ts';

type CountKind = 'authorCount' | 'upvotes' | 'commentCount';

export type CountFilterDefinition = {
  readonly kind: CountKind;
  readonly qualifier: string;
  /** Singular: `author`. */
  readonly noun: string;
  readonly values: readonly string[];
};

const numbers: Scale<number> = {
  read: (operand) => (/^\d{1,9}$/.test(operand) ? { from: Number(operand), to: Number(operand) } : null),
  step: (value, by) => (value + by < 0 ? null : value + by),
};

export function defineCountFilter({ kind, qualifier, noun, values }: CountFilterDefinition): Filter {
  const rangeOf = (condition: Condition) => (condition.kind === kind ? condition : null);
  return defineFilter({
    qualifiers: [qualifier],
    parameter: 'once',
    forms: 'a number or a range such as 3, 2..5, 10.., ..5, >=10 or <3',
    values,
    parse: ({ text }) => {
      const range = parseRange(text, numbers);
      return range && { kind, ...tighten(range) };
    },
    format: (condition) => {
      const range = rangeOf(condition);
      return range && formatCounts(range);
    },
    label: (condition) => {
      const range = rangeOf(condition);
      return range && labelCounts(range, noun);
    },
  });
}

/** Counts are never negative, so a minimum of 0 is open and a maximum of 0 means exactly 0. */
function tighten({ from, to }: Range<number>): NumberRange {
  if (to === 0) return { min: 0, max: 0 };
  return { min: from === 0 ? null : from, max: to };
}

function formatCounts({ min, max }: NumberRange): string {
  return min !== null && min === max ? String(min) : formatRange({ from: min, to: max }, String);
}

function labelCounts({ min, max }: NumberRange, noun: string): string {
  const many = `${noun}s`;
  if (min === max) return min === null ? `number of ${many} known` : `${min} ${min === 1 ? noun : many}`;
  if (max === null) return `${min} or more ${many}`;
  return min === null ? `at most ${max} ${max === 1 ? noun : many}` : `${min}–${max} ${many}`;
}
