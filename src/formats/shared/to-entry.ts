/** A paper as feeds and exports are written from it. */
import { type Day, publicationPeriod } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import { paperPath } from '#view/paths.ts';
import type { Entry } from './format.ts';

/** Since when the names of tag URIs are this project's (RFC 4151 wants a date in each); it never changes. */
const tagYear = '2025';

/** What nothing is known of. */
const dawn = '1970-01-01T00:00:00Z';

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
  return [dawn, ...entries.map((entry) => entry.updatedAt)].sort().at(-1) ?? dawn;
}

/** `name` has the characters of an address only. */
export function tagUri(siteUrl: string, name: string): string {
  return `tag:${new URL(siteUrl).hostname},${tagYear}:${name}`;
}

function updatedAt({ listings, publishedOn, provenance }: Paper): string {
  const days: Day[] = listings.map((listing) => listing.day);
  if (publishedOn) days.push(publicationPeriod(publishedOn).from);
  const latest = days.sort().at(-1);
  if (latest !== undefined) return midnight(latest);
  // Nothing says when: the day on which a source was first heard of it.
  const heard = provenance.map(({ fetchedAt }) => fetchedAt.slice(0, 10)).sort()[0];
  return heard === undefined ? dawn : midnight(heard);
}

const midnight = (day: string): string => `${day}T00:00:00Z`;
