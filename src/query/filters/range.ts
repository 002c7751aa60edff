/** The one grammar of ranges, for numbers and for days: `3`, `2..5`, `2..`, `..5`, `>=2`, `>2`, `<=5`, `<5`; `*` is an open end. */

/** Inclusive ends; null is open. */
export type Range<T> = { readonly from: T | null; readonly to: T | null };

export type Scale<T> = {
  /** What one operand covers (`2024` is a whole year); null when it is none. */
  read(operand: string): { readonly from: T; readonly to: T } | null;
  /** The neighbour below (-1) or above (1); null past the end of the scale. */
  step(value: T, by: 1 | -1): T | null;
};

/** Null for what is no range, and for a range whose ends are the wrong way round. `*` alone is anything that is known. */
export function parseRange<T extends number | string>(text: string, scale: Scale<T>): Range<T> | null {
  const compact = text.replace(/\s+/g, '').replace('≥', '>=').replace('≤', '<=');
  if (compact === '*') return { from: null, to: null };
  const dots = compact.indexOf('..');
  return dots >= 0 ? between(compact.slice(0, dots), compact.slice(dots + 2), scale) : compared(compact, scale);
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

function compared<T>(text: string, scale: Scale<T>): Range<T> | null {
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

/** A step past the end of the scale leaves no range at all, not an open one. */
function known<T>(range: Range<T>): Range<T> | null {
  return range.from === null && range.to === null ? null : range;
}

export function formatRange<T>({ from, to }: Range<T>, write: (value: T) => string): string {
  if (from === null && to === null) return '*';
  return `${from === null ? '' : write(from)}..${to === null ? '' : write(to)}`;
}
