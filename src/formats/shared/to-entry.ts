/** Converts a paper to an entry of a feed or an export. */
import { type Day, publicationPeriod } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import { paperPath } from '#view/paths.ts';
import type { Entry } from './format.ts';

/** The date in tag URIs (RFC 4151). It must never change, because feed ids contain it. */
const tagYear = '2025';

/** The time of papers without any date. */
const epoch = '1970-01-01T00:00:00Z';

export function toEntry(paper: Paper, siteUrl: string, citationKey = ''): Entry {
  return {
    paper,
    url: `${siteUrl}${paperPath(paper.id)}`,
    feedId: paper.arxivId === null ? tagUri(siteUrl, `papers/${paper.id}`) : `oai:arXiv.org:${paper.arxivId}`,
    citationKey,
    publishedAt: paper.publishedOn && midnight(publicationPeriod(paper.publishedOn).from),
    updatedAt: updatedAt(paper),
  };
}

export function latestUpdate(entries: readonly Entry[]): string {
  return [epoch, ...entries.map((entry) => entry.updatedAt)].sort().at(-1) ?? epoch;
}

/** `name` must be URL-encoded. */
export function tagUri(siteUrl: string, name: string): string {
  return `tag:${new URL(siteUrl).hostname},${tagYear}:${name}`;
}

function updatedAt({ listings, publishedOn, provenance }: Paper): string {
  const days: Day[] = listings.map((listing) => listing.day);
  if (publishedOn) days.push(publicationPeriod(publishedOn).from);
  const latest = days.sort().at(-1);
  if (latest !== undefined) return midnight(latest);
  // Undated papers: use the day of the first fetch.
  const firstFetched = provenance.map(({ fetchedAt }) => fetchedAt.slice(0, 10)).sort()[0];
  return firstFetched === undefined ? epoch : midnight(firstFetched);
}

const midnight = (day: string): string => `${day}T00:00:00Z`;
