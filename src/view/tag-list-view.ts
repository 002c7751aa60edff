/** Builds the list of topics, grouped by parent, with counts and a time series of papers per month. */
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
  /** Time series of papers per month, oldest first. All topics have the same months; empty without dated papers. */
  readonly course: readonly { readonly month: string; readonly label: string; readonly count: number }[];
};

/** The topics of one parent. If the parent has papers itself, it is the first topic. */
type TagGroupView = { readonly label: string; readonly tags: readonly TagListItemView[] };

export type TagListView = {
  /** Absolute address of the page. */
  readonly url: string;
  readonly total: number;
  /** `148 topics`. */
  readonly totalLabel: string;
  /** The largest group first. */
  readonly groups: readonly TagGroupView[];
  /** arXiv categories, most papers first. */
  readonly categories: readonly TagListItemView[];
  /** A link to the OPML file for feed readers. */
  readonly formats: readonly FormatView[];
};

export type TagListData = {
  readonly siteUrl: string;
  readonly tags: readonly TagCount[];
  /** Slug of a topic → slug of its parent. Topics without an entry have no parent. */
  readonly parents: ReadonlyMap<string, string>;
  /** Papers per month (`2025-12`) and topic; months without papers can be missing. */
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

/** Topics without a parent, and topics that would be alone in a group, go to “Other topics”. */
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

/** `computer-vision` → `Computer vision`, for a parent without papers. */
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
