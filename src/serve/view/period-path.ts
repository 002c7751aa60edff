/** The address of a day, week or month that has a page. */
import { type PeriodScope, parsePeriodScope, toScopeFacts } from './list-scope.ts';

/** Null for a period outside the years that have pages: nothing may link to it. */
export function toPeriodPath(kind: PeriodScope['kind'], period: string): string | null {
  const scope = parsePeriodScope(kind, period);
  return scope && toScopeFacts(scope).path;
}
