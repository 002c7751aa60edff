/** Formats the report of a run as text and as JSON. */
import type { RunReport } from '#core/ports/ingest.ts';

const rejectionsShownMax = 20;

/** Returns `35 read: 35 added, 0 updated, 0 unchanged, 0 rejected`. */
export function summaryOf(report: RunReport): string {
  return `${report.read} read: ${report.added} added, ${report.updated} updated, ${report.unchanged} unchanged, ${report.rejectedCount} rejected`;
}

/** Returns a line per rejected record. After `rejectionsShownMax` only a count follows. */
export function rejectionLines(report: RunReport): string[] {
  const shown = report.rejected
    .slice(0, rejectionsShownMax)
    .map(({ where, title, reason }) => `  ${where}${title ? ` “${title.slice(0, 60)}”` : ''}: ${reason}`);
  const more = report.rejectedCount - shown.length;
  return more > 0 ? [...shown, `  and ${more} more`] : shown;
}

/** Fixes the order of the keys. */
export function toReportJson({ read, added, updated, unchanged, rejected, rejectedCount }: RunReport): string {
  return JSON.stringify({ read, added, updated, unchanged, rejected, rejectedCount });
}
