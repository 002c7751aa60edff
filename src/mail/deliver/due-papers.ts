/** Searches the recent papers for those that match a subscription's filter, with the same search as the pages. */

import type { Condition } from '#core/condition.ts';
import type { Day } from '#core/day.ts';
import type { Paper, PaperId } from '#core/paper.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { DeliveryQueue, NewPaper, RecentPaper } from '#core/ports/subscriptions.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import type { Library } from '#read/library.ts';
import { findPapers } from '#read/list-papers.ts';
import { memoizeLatest } from './remember-latest.ts';

/** Papers per search. */
const batchSize = 100;
const cachedMax = 32;

export type DuePapers = (query: string, digest: string, nowMs: number) => Promise<readonly NewPaper[]>;

/** Caches the results of one run: most subscriptions share their filters, and a run takes minutes. */
export function createDuePapers(library: Library, queue: Pick<AsyncPort<DeliveryQueue>, 'recentPapers'>): DuePapers {
  const cachedPapers = memoizeLatest<readonly NewPaper[]>(cachedMax);
  const recent = memoizeLatest<readonly RecentPaper[]>(2);
  return (query, digest, nowMs) =>
    cachedPapers(`${digest} ${query}`, async () =>
      searchRecent(library, query, await recent(digest, async () => queue.recentPapers({ nowMs, digest }))),
    );
}

async function searchRecent(
  library: Library,
  query: string,
  recent: readonly RecentPaper[],
): Promise<readonly NewPaper[]> {
  const { where } = parsePaperQuery(new URLSearchParams(query)).query;
  const keys = new Map(recent.map(({ id, key }) => [id, key]));
  const papers: Paper[] = [];
  for (let start = 0; start < recent.length; start += batchSize) {
    const ids = recent.slice(start, start + batchSize).map(({ id }): Condition => ({ kind: 'id', id }));
    const isRecent: Condition = { kind: 'anyOf', conditions: ids };
    const found = await findPapers(library, {
      scope: { kind: 'all' },
      query: { where: [...where, isRecent], sort: 'new', page: 1 },
      problems: [],
      offset: 0,
      limit: batchSize,
      facets: false,
    });
    papers.push(...found.papers.map(({ paper }) => paper).filter((paper) => keys.has(paper.id)));
  }
  return inListingOrder(papers).map((paper) => toNewPaper(paper, keys));
}

/** Sorts like a day's page: latest listing first, then by position. Unlisted papers come last, newest first. */
function inListingOrder(papers: readonly Paper[]): Paper[] {
  const latest = ({ listings }: Paper) =>
    listings.toSorted((a, b) => (a.day === b.day ? a.position - b.position : a.day < b.day ? 1 : -1))[0];
  return papers.toSorted((a, b) => {
    const [x, y] = [latest(a), latest(b)];
    if (x?.day !== y?.day) return (x?.day ?? '') < (y?.day ?? '') ? 1 : -1;
    return (x?.position ?? 0) - (y?.position ?? 0);
  });
}

function toNewPaper({ id, arxivId, aliases, listings }: Paper, keys: ReadonlyMap<PaperId, number>): NewPaper {
  const names = new Set([id, ...aliases, ...(arxivId === null ? [] : [arxivId])]);
  return {
    id,
    key: keys.get(id) ?? 0,
    names: [...names],
    listedOn: [...new Set<Day>(listings.map((listing) => listing.day))],
  };
}
