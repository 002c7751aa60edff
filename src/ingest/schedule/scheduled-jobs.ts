/** Plans automatic fetches: the days that may be missing, and the latest days again for their votes. */
import { addDays, type Day } from '#core/day.ts';
import { restsUntil, type SourceHealth } from '#core/ports/fetching.ts';
import type { FetchJob } from '#ingest/fetch-papers.ts';
import { freshnessOf } from './listing-calendar.ts';
import { toFreshnessInput } from './source-status.ts';

export type Endpoints = { readonly hf: string; readonly arxiv: string };

/** Days that each run fetches again, because their votes and comments still change. */
const refetchDays = 2;
const initialDays = 7;
/** Older gaps are not filled automatically. `npm run ingest -- hf --from …` fills them. */
const catchUpDaysMax = 92;
/** Longest time from submission to announcement, over a long holiday. */
const announcementDaysMax = 6;

/**
 * Returns the next job of a source. `name`: `hf` or `arxiv:cs.CL`, as in SOURCES.
 * Null if arXiv's newest batch is complete, or if the server's `Retry-After` time has not passed.
 */
export function toScheduledJob(
  name: string,
  health: SourceHealth | null,
  { now, endpoints }: { readonly now: string; readonly endpoints: Endpoints },
): FetchJob | null {
  const today = now.slice(0, 10) as Day;
  const latest = health?.latestDay ?? null;
  const earliest = addDays(today, -catchUpDaysMax);
  if (restsUntil(health, now) !== null) return null;
  if (name === 'hf') {
    const from =
      latest === null
        ? addDays(today, 1 - initialDays)
        : later(addDays(earlier(latest, today), -refetchDays), earliest);
    return {
      name,
      endpoint: endpoints.hf,
      key: `scheduled ${name}`,
      subject: `${from}..${today}`,
      task: { source: 'hf', options: { from, to: today } },
    };
  }
  if (health && isComplete(health, now)) return null;
  const from = later(
    addDays(latest === null ? addDays(today, -initialDays) : earlier(latest, today), -announcementDaysMax),
    earliest,
  );
  const options = { categories: [name.slice('arxiv:'.length)], from, to: today };
  return {
    name,
    endpoint: endpoints.arxiv,
    key: `scheduled ${name}`,
    subject: `${from}..${today}`,
    task: { source: 'arxiv-latest', options },
  };
}

const earlier = (left: Day, right: Day): Day => (left < right ? left : right);
const later = (left: Day, right: Day): Day => (left < right ? right : left);

function isComplete(health: SourceHealth, now: string): boolean {
  const { state } = freshnessOf('arxiv', toFreshnessInput(health, now));
  return state === 'fresh' || state === 'quiet';
}
