/** The address of every page: the one place where paths are put together. */
import type { Day } from '#core/day.ts';
import type { RelatedSort } from './paper/related-order.ts';

export const allPapersPath = '/papers';
/** Turns the fields of a form into the address of a list. */
export const buildPath = '/papers/search';
export const trendingPath = '/papers/trending';
export const tagsPath = '/tags';
export const libraryPath = '/library';

/** Every list as a feed or an export; takes the list's parameters. */
export function feedPath(extension: string): string {
  return `/feeds/papers.${extension}`;
}

/** The topics as an outline of their feeds. */
export const opmlPath = '/feeds/topics.opml';

/** Slashes of old arXiv ids (`hep-th/9901001`) stay slashes. */
export function paperPath(id: string): string {
  return `/papers/${id.split('/').map(segment).join('/')}`;
}

/** The paper with those like it in that order; its plain address has the most alike first. */
export function relatedPath(id: string, sort: RelatedSort): string {
  return `${paperPath(id)}${sort === 'similarity' ? '' : `?related=${sort}`}#related`;
}

/** The picture that other sites show beside a link to the paper. */
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

/** Of an ISO week, `2025-W51`. */
export function weekPath(week: string): string {
  return `/papers/week/${segment(week)}`;
}

/** Of a month, `2025-12`. */
export function monthPath(month: string): string {
  return `/papers/month/${segment(month)}`;
}

function segment(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
