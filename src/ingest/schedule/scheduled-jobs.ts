/** What is asked of a source when it is asked by itself: the days that may be missing, and the latest ones again for their votes. */
import { addDays, type Day } from '#core/day.ts';
import { restsUntil, type SourceHealth } from '#core/ports/fetching.ts';
import type { FetchJob } from '#ingest/fetch-papers.ts';
import { freshnessOf } from './listing-calendar.ts';
import { toFacts } from './source-status.ts';

export type Endpoints = { readonly hf: string; readonly arxiv: string };

/** Days that are asked again each time: votes and comments still change. */
const againDays = 2;
const firstDays = 7;
/** What is missing for longer is not made up by itself: `npm run ingest -- hf --from …` does that. */
const madeUpDaysMax = 92;
/** A paper is announced at most so many days after its submission: over a long holiday. */
const announcementDaysMax = 6;

/**
 * `hf` or `arxiv:cs.CL`, as in SOURCES. Null when nothing new can be there (arXiv is not asked twice for one batch), or when its server
 * wants to be left alone for longer.
 */
export function toScheduledJob(
  name: string,
  health: SourceHealth | null,
  { now, endpoints }: { readonly now: string; readonly endpoints: Endpoints },
): FetchJob | null {
  const today = now.slice(0, 10) as Day;
  const latest = health?.latestDay ?? null;
  const earliest = addDays(today, -madeUpDaysMax);
  if (restsUntil(health, now) !== null) return null;
  if (name === 'hf') {
    const from =
      latest === null ? addDays(today, 1 - firstDays) : later(addDays(earlier(latest, today), -againDays), earliest);
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
    addDays(latest === null ? addDays(today, -firstDays) : earlier(latest, today), -announcementDaysMax),
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
  const { state } = freshnessOf('arxiv', toFacts(health, now));
  return state === 'fresh' || state === 'quiet';
}
