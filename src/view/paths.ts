/** Builds the paths of all pages. */
import type { Day } from '#core/day.ts';
import type { RelatedSort } from './paper/related-order.ts';

export const allPapersPath = '/papers';
/** Action of the query builder; redirects to a list. */
export const buildPath = '/papers/search';
export const trendingPath = '/papers/trending';
export const tagsPath = '/tags';
export const libraryPath = '/library';

/** A list as a feed or an export; accepts the list's parameters. */
export function feedPath(extension: string): string {
  return `/feeds/papers.${extension}`;
}

/** The feeds of all topics as OPML. */
export const opmlPath = '/feeds/topics.opml';

/** Slashes of old arXiv ids (`hep-th/9901001`) stay slashes. */
export function paperPath(id: string): string {
  return `/papers/${id.split('/').map(segment).join('/')}`;
}

/** The paper's page with related papers in the given order. By default the most similar come first. */
export function relatedPath(id: string, sort: RelatedSort): string {
  return `${paperPath(id)}${sort === 'similarity' ? '' : `?related=${sort}`}#related`;
}

/** The preview image of the paper on other sites (Open Graph). */
export function imagePath(id: string): string {
  return `/og/${id.split('/').map(segment).join('/')}`;
}

export function tagPath(slug: string): string {
  return `/tags/${segment(slug)}`;
}

export function authorPath(name: string): string {
  return `/authors/${segment(name)}`;
}

export function dayPath(day: Day): string {
  return `/papers/date/${segment(day)}`;
}

/** `week`: an ISO week, `2025-W51`. */
export function weekPath(week: string): string {
  return `/papers/week/${segment(week)}`;
}

/** `month`: `2025-12`. */
export function monthPath(month: string): string {
  return `/papers/month/${segment(month)}`;
}

function segment(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
