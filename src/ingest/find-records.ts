/** What a source said becomes a record with everything it is found by, or a rejection: pure, so that another thread can do it. */
import type { FoundRecord } from '#core/ports/ingest.ts';
import { PaperRecordSchema } from '#core/record.ts';
import { sayReasons, withPossibleDates } from './dates/possible-dates.ts';
import { explainIssue } from './explain-issue.ts';
import type { FetchEvent } from './fetch-source.ts';
import { givenIdOf, identityOf, toStoredRecord } from './identify/merge-records.ts';
import { titleKey } from './identify/title-key.ts';
import type { Rejection, SourceEvent } from './source.ts';
import { tagPaper } from './topics/tag-paper.ts';

/** A source's event whose record was read; `rejection` says which of its dates were left out. */
export type FoundEvent =
  | { readonly kind: 'found'; readonly found: FoundRecord; readonly rejection?: Rejection }
  | Exclude<SourceEvent, { kind: 'record' }>;

/** `now` is the time of the ingest, ISO 8601 in UTC. */
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
    ...(reasons.length > 0 && { rejection: { where: event.where, title: record.title, reason: sayReasons(reasons) } }),
  };
}

const lotMax = 200;
/** Records may be long, and whoever takes a lot up does nothing else meanwhile. */
const lotCharsMax = 500_000;

/** The same in lots, each as JSON of its events, with each record's topics: for a thread that works ahead of the one that stores. */
export async function* readAhead(events: AsyncIterable<FetchEvent>, now: () => string): AsyncGenerator<string> {
  let lot: string[] = [];
  let chars = 0;
  for await (const event of events) {
    const text = JSON.stringify(event.kind === 'record' ? withTopics(toFoundEvent(event, now())) : event);
    lot.push(text);
    chars += text.length;
    // Behind a checkpoint a source may wait for its server: what is said before is not kept back.
    if (lot.length < lotMax && chars < lotCharsMax && event.kind !== 'checkpoint') continue;
    yield `[${lot.join(',')}]`;
    lot = [];
    chars = 0;
  }
  if (lot.length > 0) yield `[${lot.join(',')}]`;
}

function withTopics(event: FoundEvent): FoundEvent {
  return event.kind === 'found' ? { ...event, found: { ...event.found, topics: tagPaper(event.found.record) } } : event;
}
