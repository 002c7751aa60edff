/** What a source said becomes a record with everything it is found by, or a rejection: pure, so that another thread can do it. */
import type { FoundRecord } from '#core/ingest-ports';
import { PaperRecordSchema } from '#core/record';
import { explainIssue } from './explain-issue.ts';
import { givenIdOf, identityOf, toKeptRecord } from './merge-records.ts';
import type { SourceEvent } from './source.ts';
import { tagPaper } from './tag-paper.ts';
import { titleKey } from './title-key.ts';

/** A source's event whose record was read. */
export type FoundEvent = { readonly kind: 'found'; readonly found: FoundRecord } | Exclude<SourceEvent, { kind: 'record' }>;

export function toFoundEvent(event: Extract<SourceEvent, { kind: 'record' }>): FoundEvent {
  const parsed = PaperRecordSchema.safeParse(event.record);
  if (!parsed.success)
    return { kind: 'rejected', rejection: { where: event.where, title: event.record.title, reason: explainIssue(parsed.error) } };
  const record = toKeptRecord(parsed.data);
  return { kind: 'found', found: { record, identity: identityOf(record), titleKey: titleKey(record.title), givenId: givenIdOf(record) } };
}

/** The same in lots of at most `lotMax`, with each record's topics: for a thread that works ahead of the one that stores. */
export async function* readAhead(events: AsyncIterable<SourceEvent>, lotMax: number): AsyncGenerator<readonly FoundEvent[]> {
  let lot: FoundEvent[] = [];
  for await (const event of events) {
    lot.push(event.kind === 'record' ? withTopics(toFoundEvent(event)) : event);
    if (lot.length < lotMax) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}

function withTopics(event: FoundEvent): FoundEvent {
  return event.kind === 'found' ? { kind: 'found', found: { ...event.found, topics: tagPaper(event.found.record) } } : event;
}
