/** Addresses of days, weeks and months. */
import type { Day } from '#core/day.ts';
import { describeScope, type PeriodScope, parsePeriodScope } from '#query/scope.ts';
import type { DateView } from '#view/paper/paper-view.ts';
import { toDayView } from '#view/text/labels.ts';

/** Returns null for a period outside `listingDays`, which has no page. */
export function toPeriodPath(kind: PeriodScope['kind'], period: string): string | null {
  const scope = parsePeriodScope(kind, period);
  return scope && describeScope(scope).path;
}

export function toDayLink(day: Day): (DateView & { readonly href: string }) | null {
  const href = toPeriodPath('day', day);
  return href === null ? null : { ...toDayView(day), href };
}
