/** Fetches Hugging Face's Daily Papers: the listing of each day, in its order, or the trending papers. */
import { addDays, type Day, daysBetween, eachDay, parseDay } from '#core/day.ts';
import { defineFetchSource, type FetchContext, type FetchEvent } from '#ingest/fetch-source.ts';
import { explainMissingBatch } from '#ingest/schedule/listing-calendar.ts';
import { toHfEvents } from './hf-record.ts';
import { fetchItems, type HfPage } from './hf-response.ts';
import { HfItemSchema } from './hf-schema.ts';

/** A range of listing days, the latest `days` up to today, or the trending papers. */
export type HfOptions = { readonly from?: Day; readonly to?: Day; readonly days?: number; readonly trending?: boolean };

const pageItemsMax = 100;
const pagesMax = 40;
/** First day of Hugging Face's archive. */
const firstDay = '2023-05-04' as Day;

export const hf = defineFetchSource<HfOptions>({
  name: 'hf',
  async *fetch(context, options): AsyncGenerator<FetchEvent> {
    if (options.trending) {
      yield* toHfEvents(
        (await fetchItems(context, listUrl(context, { sort: 'trending' }), { mayBeEmpty: false })).items,
        null,
        context.now(),
      );
      return;
    }
    const { from, to } = rangeOf(options, context.now());
    const start = resumeAt(context.cursor, from, to);
    const total = daysBetween(from, to) + 1;
    for (const day of eachDay({ from: start, to })) {
      yield { kind: 'progress', done: daysBetween(from, day), total, unit: 'days' };
      yield* fetchDay(context, day);
    }
    yield { kind: 'progress', done: total, total, unit: 'days' };
    yield { kind: 'checkpoint', cursor: null, seen: [] };
  },
});

/** Ends the range today, because the API rejects future days. */
function rangeOf({ from, to, days }: HfOptions, now: string): { readonly from: Day; readonly to: Day } {
  const today = parseDay(now.slice(0, 10)) ?? firstDay;
  const last = to && to < today ? to : today;
  const first = from ?? addDays(last, 1 - Math.max(1, days ?? 1));
  const isBeforeAll = first < firstDay;
  return { from: isBeforeAll ? firstDay : first, to: last };
}

/** Returns the day after the cursor, which is the last complete day. */
function resumeAt(cursor: string | null, from: Day, to: Day): Day {
  const done = parseDay(cursor ?? '');
  return done && done >= from && done < to ? addDays(done, 1) : from;
}

async function* fetchDay(context: FetchContext, day: Day): AsyncGenerator<FetchEvent> {
  const isQuiet = explainMissingBatch('hf', day) !== null;
  const isOver = day < context.now().slice(0, 10);
  const url = listUrl(context, { date: day });
  const first = await fetchItems(context, url, {
    mayBeEmpty: isQuiet || !isOver,
    validators: await context.validatorsOf(url.href),
  });
  if (first.unchanged) {
    yield { kind: 'day', day, items: null, reason: null };
    yield { kind: 'checkpoint', cursor: day, seen: [] };
    return;
  }
  const rest = await fetchOtherPages(context, day, first);
  const items = [...first.items, ...rest];
  yield* toHfEvents(items, day, context.now());
  yield {
    kind: 'day',
    day,
    items: items.length,
    reason: items.length > 0 ? null : (explainMissingBatch('hf', day) ?? explainEmptyDay(isOver, first.rejection)),
  };
  // Validators of the first page say nothing about the others, so store none for a day of several pages.
  const isWhole = rest.length === 0 && items.length > 0;
  yield {
    kind: 'checkpoint',
    cursor: day,
    seen: isWhole && first.validators ? [{ url: url.href, validators: first.validators }] : [],
  };
}

/** Returns the items of the other pages. Without `Link`, continues while pages are full and have new papers. */
async function fetchOtherPages(context: FetchContext, day: Day, first: HfPage): Promise<unknown[]> {
  const items: unknown[] = [];
  const ids = new Set(first.items.map(idOf));
  const usesLinks = first.next !== null;
  let page = first;
  for (let p = 1; p < pagesMax && mayHaveMore(page, usesLinks); p++) {
    page = await fetchItems(context, listUrl(context, { date: day }, p), { mayBeEmpty: !usesLinks });
    const added = page.items.filter((item) => !ids.has(idOf(item)));
    if (added.length === 0) break;
    for (const item of added) ids.add(idOf(item));
    items.push(...added);
  }
  return items;
}

/** A server may ignore our `limit` and return pages of 50. */
function mayHaveMore(page: HfPage, usesLinks: boolean): boolean {
  return usesLinks ? page.next !== null : page.items.length > 0 && page.items.length % 50 === 0;
}

function idOf(item: unknown): unknown {
  const parsed = HfItemSchema.safeParse(item);
  return parsed.success ? parsed.data.paper.id : item;
}

function explainEmptyDay(isOver: boolean, rejection: string | null): string {
  if (!isOver) return rejection ?? 'Hugging Face has not listed papers for this day yet.';
  return 'Hugging Face listed no papers on this day.';
}

/** Omits `p` for the first page, so that its URL matches the one whose validators are stored. */
function listUrl({ endpoint }: FetchContext, query: Readonly<Record<string, string>>, page = 0): URL {
  const url = new URL(`${endpoint}/api/daily_papers`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  url.searchParams.set('limit', String(pageItemsMax));
  if (page > 0) url.searchParams.set('p', String(page));
  return url;
}
