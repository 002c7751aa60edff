/** `GET /api/daily_papers`: the papers a day, week or month listed, or all days, in the order Hugging Face gives them. */
import type { SortKey } from '#core/condition.ts';
import { type Day, type DayRange, parsePeriod } from '#core/day.ts';
import { AppError } from '#core/errors.ts';
import type { Paper } from '#core/paper.ts';
import type { Library } from '#read/library.ts';
import { findPapers } from '#read/list-papers.ts';
import { withPapers } from '#read/with-papers.ts';
import { type DailyParameters, DailyParametersSchema, readParameters } from './parameters.ts';
import type { HfDailyPaper } from './responses.ts';
import { submitterName, toHfDailyPaper } from './to-hf-paper.ts';

export type HfPage<T> = {
  readonly body: readonly T[];
  /** The absolute address of the next page. */
  readonly next: string | null;
};

/** Far past the end of any archive: a page behind it is as empty. */
const pagesMax = 100_000;

type Found = { readonly papers: readonly Paper[]; readonly hasMore: boolean };

/** `today` is the day it is now in UTC: papers of a later day cannot be asked for. */
export async function listDailyPapers(
  library: Library,
  params: URLSearchParams,
  today: Day,
): Promise<HfPage<HfDailyPaper>> {
  const asked = readParameters(DailyParametersSchema, params);
  if (asked.date && asked.date > today)
    throw new AppError('bad_request', `Invalid date: ${asked.date} is in the future`);
  const range = rangeOf(asked);
  const { papers, hasMore } = await find(library, asked, range);
  const next = new URLSearchParams([...params].filter(([name]) => name !== 'p'));
  next.set('p', String(asked.p + 1));
  return {
    body: papers.map((paper) => toHfDailyPaper(paper, library.siteUrl, range)),
    next: hasMore ? `${library.siteUrl}/api/daily_papers?${next}` : null,
  };
}

function rangeOf({ sort, date, week, month }: DailyParameters): DayRange {
  const period = sort === 'trending' ? '' : (date ?? week ?? month ?? '');
  return parsePeriod(period) ?? { from: null, to: null };
}

async function find(library: Library, asked: DailyParameters, range: DayRange): Promise<Found> {
  if (asked.submitter !== undefined && asked.submitter !== submitterName) return { papers: [], hasMore: false };
  if (asked.sort === 'publishedAt' && asked.date) return await findOfDay(library, asked, asked.date);
  return await findListed(library, asked, { range, sort: asked.sort === 'trending' ? 'trending' : 'listing' });
}

/** The most upvoted first, equals in the order of the listing. */
async function findOfDay({ reader }: Library, { p, limit }: DailyParameters, day: Day): Promise<Found> {
  const keys = await reader.listedOn(day);
  const found = await withPapers(
    reader,
    keys.map((key) => ({ key })),
  );
  const papers = found.map(({ paper }) => paper).sort((a, b) => (b.upvotes ?? 0) - (a.upvotes ?? 0));
  const end = (p + 1) * limit;
  return { papers: papers.slice(p * limit, end), hasMore: end < papers.length };
}

type Listed = { readonly range: DayRange; readonly sort: SortKey };

async function findListed(library: Library, { p, limit }: DailyParameters, { range, sort }: Listed): Promise<Found> {
  const { result, papers } = await findPapers(library, {
    scope: { kind: 'all' },
    query: { where: [{ kind: 'listedOn', ...range }], sort, page: 1 },
    problems: [],
    offset: Math.min(p, pagesMax) * limit,
    limit,
    facets: false,
  });
  return { papers: papers.map(({ paper }) => paper), hasMore: (p + 1) * limit < result.total };
}
