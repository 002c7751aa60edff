/** Records that are generated from a number, for large stores. */
import type { PaperRecordInput } from '#core/record.ts';
import { aRecordInput } from './records.ts';

export const aNumberedRecord = (n: number, more: Partial<PaperRecordInput> = {}): PaperRecordInput =>
  aRecordInput({
    source: 'hf',
    arxivId: `2401.${String(n).padStart(5, '0')}`,
    title: `Decoder number ${n}${' draft'.repeat(n % 5)}`,
    abstract: n % 3 === 0 ? 'A draft of a decoder.' : 'Other words.',
    authors: Array.from({ length: 1 + (n % 4) }, (_, i) => `Author ${i}`),
    publishedOn: `2024-01-${String(1 + (n % 20)).padStart(2, '0')}`,
    listings: [{ day: '2025-12-16', position: 1 + n }],
    upvotes: n % 7,
    commentCount: n % 3,
    ...more,
  });
