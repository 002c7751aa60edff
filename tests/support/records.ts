/** Records and source events for ingest tests. */
import { type PaperRecord, type PaperRecordInput, PaperRecordSchema } from '#core/record.ts';
import type { SourceEvent } from '#ingest/source.ts';

export function aRecordInput(overrides: Partial<PaperRecordInput> = {}): PaperRecordInput {
  return { source: 'jsonl', title: 'A calm paper about routers', fetchedAt: '2025-12-16T08:00:00Z', ...overrides };
}

export const aRecord = (overrides: Partial<PaperRecordInput> = {}): PaperRecord =>
  PaperRecordSchema.parse(aRecordInput(overrides));

export async function* eventsOf(records: readonly PaperRecordInput[]): AsyncGenerator<SourceEvent> {
  for (const [index, record] of records.entries()) yield { kind: 'record', record, where: `item ${index + 1}` };
}
