/** Validates records and computes their lookup keys. Has no side effects, so that the reader thread can run it. */
import type { FoundRecord } from '#core/ports/ingest.ts';
import { PaperRecordSchema } from '#core/record.ts';
import { joinReasons, withPossibleDates } from './dates/possible-dates.ts';
import { explainIssue } from './explain-issue.ts';
import type { FetchEvent } from './fetch-source.ts';
import { givenIdOf, identityOf, toStoredRecord } from './identify/merge-records.ts';
import { titleKey } from './identify/title-key.ts';
import type { Rejection, SourceEvent } from './source.ts';
import { tagPaper } from './topics/tag-paper.ts';

/** A source event after validation. `rejection` lists the record's dates that were left out. */
export type FoundEvent =
  | { readonly kind: 'found'; readonly found: FoundRecord; readonly rejection?: Rejection }
  | Exclude<SourceEvent, { kind: 'record' }>;

/** Returns the validated record, or a rejection. `now`: time of the ingest, ISO 8601 in UTC. */
export function toFoundEvent(event: Extract<SourceEvent, { kind: 'record' }>, now: string): FoundEvent {
  const parsed = PaperRecordSchema.safeParse(event.record);
  if (!parsed.success)
    return {
      kind: 'rejected',
      rejection: { where: event.where, title: event.record.title, reason: explainIssue(parsed.error) },
    };
  const { record, reasons } = withPossibleDates(toStoredRecord(parsed.data), now);
  return {
    kind: 'found',
    found: { record, identity: identityOf(record), titleKey: titleKey(record.title), givenId: givenIdOf(record) },
    ...(reasons.length > 0 && { rejection: { where: event.where, title: record.title, reason: joinReasons(reasons) } }),
  };
}

const batchMax = 200;
/** Limits how long the storing thread is busy with parsing one batch. */
const batchCharsMax = 500_000;

/** Yields batches of events as JSON, with each record's topics. Runs in the reader thread, ahead of the storing one. */
export async function* readAhead(events: AsyncIterable<FetchEvent>, now: () => string): AsyncGenerator<string> {
  let batch: string[] = [];
  let chars = 0;
  for await (const event of events) {
    const text = JSON.stringify(event.kind === 'record' ? withTopics(toFoundEvent(event, now())) : event);
    batch.push(text);
    chars += text.length;
    // After a checkpoint the source may wait for its server, so flush the events before it.
    if (batch.length < batchMax && chars < batchCharsMax && event.kind !== 'checkpoint') continue;
    yield `[${batch.join(',')}]`;
    batch = [];
    chars = 0;
  }
  if (batch.length > 0) yield `[${batch.join(',')}]`;
}

function withTopics(event: FoundEvent): FoundEvent {
  return event.kind === 'found' ? { ...event, found: { ...event.found, topics: tagPaper(event.found.record) } } : event;
}
