/** All topics with their numbers of papers and their course over the months, grouped under their parents. */
import type { TagCount } from '#core/ports/papers.ts';
import type { FormatView } from './list/paper-list-view.ts';
import type { LinkView } from './paper/paper-view.ts';
import { opmlPath, tagPath, tagsPath } from './paths.ts';
import { toCountLabel, toMonthLabel } from './text/labels.ts';

export type TagListItemView = LinkView & {
  readonly slug: string;
  readonly count: number;
  /** `1,204 papers`. */
  readonly countLabel: string;
  /** Papers per month, the same months for every topic, oldest first; empty when nothing is known of their days. */
  readonly course: readonly { readonly month: string; readonly label: string; readonly count: number }[];
};

/** Topics under one parent; the parent itself is the group's first topic when it has papers. */
type TagGroupView = { readonly label: string; readonly tags: readonly TagListItemView[] };

export type TagListView = {
  /** The page's own address, absolute. */
  readonly url: string;
  readonly total: number;
  /** `148 topics`. */
  readonly totalLabel: string;
  /** The largest group first. */
  readonly groups: readonly TagGroupView[];
  /** arXiv categories, most papers first. */
  readonly categories: readonly TagListItemView[];
  /** The topics for feed readers. */
  readonly formats: readonly FormatView[];
};

export type TagListData = {
  readonly siteUrl: string;
  readonly tags: readonly TagCount[];
  /** The slug a topic stands under; topics that are not in it stand on their own. */
  readonly parents: ReadonlyMap<string, string>;
  /** Papers per month (`2025-12`) and topic; months without papers may be left out. */
  readonly months: readonly { readonly slug: string; readonly month: string; readonly count: number }[];
};

const othersLabel = 'Other topics';
const monthsMax = 24;

export function toTagListView({ siteUrl, tags, parents, months }: TagListData): TagListView {
  const shownMonths = [...new Set(months.map(({ month }) => month))].sort().slice(-monthsMax);
  const monthsBySlug = Map.groupBy(months, ({ slug }) => slug);
  const toItem = (tag: TagCount): TagListItemView => {
    const counts = new Map(monthsBySlug.get(tag.slug)?.map(({ month, count }) => [month, count]));
    return {
      slug: tag.slug,
      label: tag.label,
      href: tagPath(tag.slug),
      count: tag.count,
      countLabel: toCountLabel(tag.count, 'paper'),
      course: shownMonths.map((month) => ({ month, label: toMonthLabel(month), count: counts.get(month) ?? 0 })),
    };
  };
  const topics = tags.filter((tag) => tag.kind === 'topic' && tag.count > 0);
  return {
    url: `${siteUrl}${tagsPath}`,
    total: topics.length,
    totalLabel: toCountLabel(topics.length, 'topic'),
    groups: toGroups(topics, parents, toItem),
    categories: tags
      .filter((tag) => tag.kind === 'category' && tag.count > 0)
      .sort(byCount)
      .map(toItem),
    formats: [{ label: 'OPML', href: opmlPath, feedType: 'text/x-opml' }],
  };
}

/** A topic alone under its parent, or with none, stands among the others: a group of one says nothing. */
function toGroups(
  topics: readonly TagCount[],
  parents: ReadonlyMap<string, string>,
  toItem: (tag: TagCount) => TagListItemView,
): TagGroupView[] {
  const labels = new Map(topics.map(({ slug, label }) => [slug as string, label]));
  const hasChildren = new Set(topics.flatMap(({ slug }) => parents.get(slug) ?? []));
  const groupOf = ({ slug }: TagCount) => parents.get(slug) ?? (hasChildren.has(slug) ? slug : '');
  const groups: TagGroupView[] = [];
  const others: TagCount[] = [];
  for (const [parent, members] of Map.groupBy(topics, groupOf)) {
    if (parent === '' || members.length === 1) others.push(...members);
    else
      groups.push({
        label: labels.get(parent) ?? toWords(parent),
        tags: members.sort(parentFirst(parent)).map(toItem),
      });
  }
  groups.sort((a, b) => sum(b) - sum(a) || (a.label < b.label ? -1 : 1));
  return others.length === 0 ? groups : [...groups, { label: othersLabel, tags: others.sort(byCount).map(toItem) }];
}

/** `computer-vision` → `Computer vision`, for a parent without papers of its own. */
function toWords(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function byCount(a: TagCount, b: TagCount): number {
  return b.count - a.count || (a.label < b.label ? -1 : 1);
}

function parentFirst(parent: string): (a: TagCount, b: TagCount) => number {
  return (a, b) => Number(b.slug === parent) - Number(a.slug === parent) || byCount(a, b);
}

function sum(group: TagGroupView): number {
  return group.tags.reduce((total, tag) => total + tag.count, 0);
}
