/** Fetches from arXiv's search API, in slices of days that are small enough to be returned completely. */
import { addDays, type Day, daysBetween, parseDay } from '#core/day.ts';
import { FetchFailure } from '#core/ports/http-client.ts';
import { defineFetchSource, type FetchContext, type FetchEvent } from '#ingest/fetch-source.ts';
import { announcementDay } from '#ingest/schedule/listing-calendar.ts';
import type { FeedEntry } from './arxiv-feed.ts';
import { type ArxivRange, arxivAddress, toArxivEvent } from './arxiv-paper.ts';
import { fetchFeed } from './arxiv-request.ts';

export type ArxivSearchOptions = {
  /** Matches papers in any of them. */
  readonly categories?: readonly string[];
  /** In arXiv's query language. Combined with the categories by AND. */
  readonly query?: string;
  /** Day of first submission in UTC, inclusive; by default six days before `to`. */
  readonly from?: Day;
  readonly to?: Day;
};

const pageItems = 200;
/** A slice is loaded completely and then sorted. Larger results are split into shorter slices. */
const sliceItemsMax = 2_000;
/** arXiv returns no results beyond this offset. */
const resultItemsMax = 30_000;
const daysDefault = 7;

export const arxivSearch = defineFetchSource<ArxivSearchOptions>({
  name: 'arxiv',
  async *fetch(context, options): AsyncGenerator<FetchEvent> {
    const to = options.to ?? parseDay(context.now().slice(0, 10));
    if (!to) throw new FetchFailure('The present day is not known.');
    const from = options.from ?? addDays(to, 1 - daysDefault);
    const done = parseDay(context.cursor ?? '');
    const start = done && done >= from && done < to ? addDays(done, 1) : from;
    for await (const { range, entries, total } of slicesOf(context, options, { from: start, to })) {
      for (const entry of entries) yield toArxivEvent(entry.raw, entry.raw.id, context.now());
      if (entries.length < total)
        yield {
          kind: 'rejected',
          rejection: { where: `${range.from} to ${range.to}`, reason: missing(entries.length, total) },
        };
      yield* newestBatch(entries);
      yield { kind: 'progress', done: daysBetween(from, range.to) + 1, total: daysBetween(from, to) + 1, unit: 'days' };
      yield { kind: 'checkpoint', cursor: range.to === to ? null : range.to, seen: [] };
    }
  },
});

/** Yields the listing day of the latest paper, to record how far arXiv has come. */
function* newestBatch(entries: readonly FeedEntry[]): Generator<FetchEvent> {
  const newest = announcementDay(entries.at(-1)?.submittedAt ?? '');
  if (!newest) return;
  const older = entries.findLastIndex((entry) => announcementDay(entry.submittedAt) !== newest);
  yield { kind: 'day', day: newest, items: entries.length - 1 - older, reason: null };
}

function missing(given: number, total: number): string {
  return `arXiv has ${total} papers and gave only ${given} of them, also when asked again`;
}

type Slice = { readonly range: ArxivRange; readonly entries: readonly FeedEntry[]; readonly total: number };

/** Bisects a range of days until each slice is small enough. Yields the slices in order of time. */
async function* slicesOf(context: FetchContext, options: ArxivSearchOptions, range: ArxivRange): AsyncGenerator<Slice> {
  const first = await fetchFeed(context, searchUrl(context, options, range, 0), { start: 0, pageItems });
  const days = daysBetween(range.from, range.to);
  if (first.total > sliceItemsMax && days > 0) {
    const middle = addDays(range.from, Math.floor(days / 2));
    yield* slicesOf(context, options, { from: range.from, to: middle });
    yield* slicesOf(context, options, { from: addDays(middle, 1), to: range.to });
    return;
  }
  const entries = new Map(first.entries.map((entry) => [entry.raw.id, entry]));
  for (let start = pageItems; start < Math.min(first.total, resultItemsMax); start += pageItems) {
    const page = await fetchFeed(context, searchUrl(context, options, range, start), { start, pageItems });
    for (const entry of page.entries) entries.set(entry.raw.id, entry);
  }
  // arXiv does not always return the requested order.
  const sorted = [...entries.values()].sort(
    (a, b) => compare(a.submittedAt, b.submittedAt) || compare(a.raw.id, b.raw.id),
  );
  yield { range, entries: sorted, total: first.total };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function searchUrl(
  { endpoint }: FetchContext,
  { categories = [], query }: ArxivSearchOptions,
  { from, to }: ArxivRange,
  start: number,
): URL {
  const any = categories.map((category) => `cat:${category}`).join(' OR ');
  const dates = `submittedDate:[${from.replaceAll('-', '')}0000 TO ${to.replaceAll('-', '')}2359]`;
  const parts = [any === '' ? '' : `(${any})`, query ? `(${query})` : '', dates];
  const url = new URL(arxivAddress(endpoint, 'query'));
  url.searchParams.set('search_query', parts.filter((part) => part !== '').join(' AND '));
  url.searchParams.set('start', String(start));
  url.searchParams.set('max_results', String(pageItems));
  url.searchParams.set('sortBy', 'submittedDate');
  url.searchParams.set('sortOrder', 'ascending');
  return url;
}
