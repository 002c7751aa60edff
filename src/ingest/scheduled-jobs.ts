/** What is asked of a source when it is asked by itself: the days that may be missing, and the latest ones again for their votes. */
import { addDays, type Day } from '#core/day';
import type { SourceHealth } from '#core/fetching';
import { type CalendarName, freshnessOf } from './calendar.ts';
import type { FetchJob } from './fetch-papers.ts';
import type { FetchContext, FetchEvent } from './fetch-source.ts';
import { fetchSources } from './sources/index.ts';

export type Endpoints = { readonly hf: string; readonly arxiv: string };

/** Days that are asked again each time: votes and comments still change. */
const againDays = 2;
const firstDays = 7;
/** A paper is announced at most so many days after its submission: over a long holiday. */
const announcementDaysMax = 6;

/** `hf` or `arxiv:cs.CL`, as in SOURCES. Null when nothing new can be there: arXiv is not asked twice for one batch. */
export function toScheduledJob(
  name: string,
  health: SourceHealth | null,
  { now, endpoints }: { readonly now: string; readonly endpoints: Endpoints },
): FetchJob | null {
  const today = now.slice(0, 10) as Day;
  const latest = health?.latestDay ?? null;
  if (name === 'hf') {
    const from = latest === null ? addDays(today, 1 - firstDays) : addDays(earlier(latest, today), -againDays);
    return {
      name,
      endpoint: endpoints.hf,
      key: `scheduled ${name}`,
      subject: `${from}..${today}`,
      fetch: (context) => fetchSources.hf.fetch(context, { from, to: today }),
    };
  }
  if (health && isComplete(health, now)) return null;
  const from = addDays(latest ?? addDays(today, -firstDays), -announcementDaysMax);
  const options = { categories: [name.slice('arxiv:'.length)], from, to: today };
  return {
    name,
    endpoint: endpoints.arxiv,
    key: `scheduled ${name}`,
    subject: `${from}..${today}`,
    fetch: (context) => searchThenFeed(context, options),
  };
}

/** The search makes up for what was missed; today's feed says what is announced today, and in which order. */
async function* searchThenFeed(
  context: FetchContext,
  options: { readonly categories: readonly string[]; readonly from: Day; readonly to: Day },
): AsyncGenerator<FetchEvent> {
  yield* fetchSources.arxiv.fetch(context, options);
  yield* fetchSources['arxiv-rss'].fetch(context, options);
}

const earlier = (left: Day, right: Day): Day => [left, right].sort()[0] ?? left;

function isComplete(health: SourceHealth, now: string): boolean {
  const { state } = freshnessOf('arxiv', toFacts(health, now));
  return state === 'fresh' || state === 'quiet';
}

/** What the calendar needs to know of a source. */
export function toFacts({ answeredAt, latestDay, failure, askedAt, nextTryAt }: SourceHealth, now: string) {
  return {
    now,
    lastSuccess: answeredAt,
    latestDay,
    failure: failure === null ? null : { at: askedAt ?? now, reason: failure, nextTry: nextTryAt },
  };
}

/** A source's state now, in the words of the status page. */
export function toSourceStatus(name: string, health: SourceHealth | null, now: string) {
  const nothing = { now, lastSuccess: null, latestDay: null, failure: null };
  const state = freshnessOf(calendarOf(name), health ? toFacts(health, now) : nothing);
  const at = 'next' in state ? state.next : 'since' in state ? state.since : 'nextTry' in state ? state.nextTry : null;
  return { name, health, state: state.state, at, reason: 'reason' in state ? state.reason : null };
}

export const calendarOf = (name: string): CalendarName => (name.startsWith('arxiv') ? 'arxiv' : 'hf');
