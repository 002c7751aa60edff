/**
 * The grammar of ranges of numbers and days: `3`, `2..5`, `2..`, `..5`, `>=2`, `>2`, `<=5`, `<5`; `*` is an open end.
 */

/** Inclusive ends; null is open. */
export type Range<T> = { readonly from: T | null; readonly to: T | null };

export type Scale<T> = {
  /** Returns the range of one operand (`2024` is a whole year), or null if it is invalid. */
  read(operand: string): { readonly from: T; readonly to: T } | null;
  /** Returns the next lower (-1) or higher (1) value, or null past the end of the scale. */
  step(value: T, by: 1 | -1): T | null;
};

/** Returns null for an invalid or reversed range. `*` alone matches every known value. */
export function parseRange<T extends number | string>(text: string, scale: Scale<T>): Range<T> | null {
  const compact = text.replace(/\s+/g, '').replace('≥', '>=').replace('≤', '<=');
  if (compact === '*') return { from: null, to: null };
  const dots = compact.indexOf('..');
  return dots >= 0 ? between(compact.slice(0, dots), compact.slice(dots + 2), scale) : parseComparison(compact, scale);
}

function between<T extends number | string>(low: string, high: string, scale: Scale<T>): Range<T> | null {
  if (low === '' && high === '') return null;
  const from = isOpen(low) ? null : scale.read(low)?.from;
  const to = isOpen(high) ? null : scale.read(high)?.to;
  if (from === undefined || to === undefined) return null;
  return from !== null && to !== null && from > to ? null : { from, to };
}

function isOpen(operand: string): boolean {
  return operand === '' || operand === '*';
}

function parseComparison<T>(text: string, scale: Scale<T>): Range<T> | null {
  const operator = /^(?:>=|<=|>|<|=)?/.exec(text)?.[0] ?? '';
  const operand = scale.read(text.slice(operator.length));
  if (!operand) return null;
  switch (operator) {
    case '>=':
      return { from: operand.from, to: null };
    case '<=':
      return { from: null, to: operand.to };
    case '>':
      return known({ from: scale.step(operand.to, 1), to: null });
    case '<':
      return known({ from: null, to: scale.step(operand.from, -1) });
    default:
      return operand;
  }
}

/** A step past the end of the scale gives an empty range, not an open one. */
function known<T>(range: Range<T>): Range<T> | null {
  return range.from === null && range.to === null ? null : range;
}

export function formatRange<T>({ from, to }: Range<T>, write: (value: T) => string): string {
  if (from === null && to === null) return '*';
  return `${from === null ? '' : write(from)}..${to === null ? '' : write(to)}`;
}
