/** The read operations of pages and API. A page is a function of the store's revision and its address. */

import { createApi } from '#api/api.ts';
import { type Day, daysBetween, parsePeriod } from '#core/day.ts';
import { AppError } from '#core/errors.ts';
import type { DayCount } from '#core/ports/papers.ts';
import { renderOpml } from '#formats/shared/opml.ts';
import type { ListScope } from '#query/scope.ts';
import type { PeriodView } from '#view/list/paper-list-view.ts';
import { toPeriodView } from '#view/list/period.ts';
import { type PaletteData, toPalette } from '#view/palette.ts';
import { toRelatedSort } from '#view/paper/related-order.ts';
import type { StatusView } from '#view/status-schema.ts';
import { toFreshnessLine, toStatusView } from '#view/status-view.ts';
import { toTagListView } from '#view/tag-list-view.ts';
import { openFeed } from './export-list.ts';
import { type Library, soFar } from './library.ts';
import { type FormatLink, latestDay, listPapers, toListRequest } from './list-papers.ts';
import { listTags } from './list-tags.ts';
import { memoizeByRevision } from './memoize-by-revision.ts';
import { showPaper } from './show-paper.ts';
import { withPapers } from './with-papers.ts';

export type Site = ReturnType<typeof createSite>;

const palettePapersMax = 600;

export function createSite(library: Library, formats: readonly FormatLink[]) {
  const { reader } = library;
  const atRevision = memoizeByRevision(() => reader.revision());
  const latest = atRevision(async () => {
    const days = await reader.listingDays();
    return days.length === 0 ? null : latestDay(days);
  });

  const tagList = atRevision(async () => toTagListView(await listTags(library)));

  return {
    revision: () => reader.revision(),
    paperCount: () => reader.paperCount(),
    /** The newest day with listed papers; null if no paper is listed. */
    latestDay: latest,
    listPapers: (scope: ListScope, params: URLSearchParams) =>
      listPapers(soFar(library), toListRequest(scope, params), formats),
    /** `sort`: the order of the related papers, from the address. */
    showPaper: (id: string, sort = '') => showPaper(library, id, toRelatedSort(sort)),
    listTags: tagList,
    /** Any list as a feed or an export; throws `not_found` and `bad_request`. */
    feed: (extension: string, params: URLSearchParams) => openFeed(library, extension, params),
    /** The feeds of all topics as OPML. */
    opml: async () => renderOpml(await tagList(), library.siteUrl),
    palette: atRevision(async () => {
      const found = await library.search.search({
        where: [],
        sort: 'listing',
        offset: 0,
        limit: palettePapersMax,
        facets: false,
        today: (await latest()) ?? ('1970-01-01' as Day),
      });
      const papers = (await withPapers(reader, found.hits)).map(({ paper }) => paper);
      return toPalette({ papers, topics: await reader.topics() } satisfies PaletteData);
    }),
    /** The scope of a tag's page; throws `not_found`. */
    async findTagScope(slug: string): Promise<ListScope> {
      const tag = await reader.findTag(slug.toLowerCase());
      if (!tag) throw new AppError('not_found', `No paper here is tagged “${slug}”.`);
      return { kind: 'tag', slug: tag.slug, label: tag.label };
    },
    async findAuthorScope(name: string): Promise<ListScope> {
      const author = await reader.findAuthor(name);
      if (!author) throw new AppError('not_found', `No paper here names an author “${name}”.`);
      return { kind: 'author', name: author.name };
    },
    ...createStatus(library, latest),
    /** Returns the day with papers nearest to a period, or the latest if `text` is invalid; null in an empty store. */
    async nearestPeriod(text: string): Promise<PeriodView | null> {
      const days = await reader.listingDays();
      const requested = parsePeriod(text)?.from;
      const nearest = requested ? nearestTo(requested, days) : days.at(-1)?.day;
      return nearest ? toPeriodView({ kind: 'day', day: nearest }, days) : null;
    },
    api: createApi(library),
  };
}

/** `days` ascend. Of two equally near days, returns the earlier. */
function nearestTo(target: Day, days: readonly DayCount[]): Day | undefined {
  const before = days.findLast(({ day }) => day <= target)?.day;
  const after = days.find(({ day }) => day >= target)?.day;
  if (before === undefined || after === undefined) return before ?? after;
  return daysBetween(before, target) <= daysBetween(target, after) ? before : after;
}

function createStatus(library: Library, latest: () => Promise<Day | null>) {
  return {
    /** Describes in one line how fresh the sources are. Not cached: it depends on the clock. */
    async freshness(): Promise<string> {
      const [sources, day] = await Promise.all([library.sources(), latest()]);
      return toFreshnessLine(sources, day);
    },
    /** The state of the sources. Not cached: it depends on the clock. */
    async status(): Promise<StatusView> {
      const [status, papers, day] = await Promise.all([library.status(), library.reader.paperCount(), latest()]);
      return toStatusView({ ...status, papers, latestDay: day });
    },
  };
}
