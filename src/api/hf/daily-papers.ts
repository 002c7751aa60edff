/** `GET /api/daily_papers`: listed papers of a day, week, month or of all days, in Hugging Face's order. */
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

/** Past the end of any archive; later pages are empty too. */
const pagesMax = 100_000;

type Found = { readonly papers: readonly Paper[]; readonly hasMore: boolean };

/** `today`: the current day in UTC. Throws `bad_request` for a later date. */
export async function listDailyPapers(
  library: Library,
  params: URLSearchParams,
  today: Day,
): Promise<HfPage<HfDailyPaper>> {
  const options = readParameters(DailyParametersSchema, params);
  if (options.date && options.date > today)
    throw new AppError('bad_request', `Invalid date: ${options.date} is in the future`);
  const range = rangeOf(options);
  const { papers, hasMore } = await find(library, options, range);
  const next = new URLSearchParams([...params].filter(([name]) => name !== 'p'));
  next.set('p', String(options.p + 1));
  return {
    body: papers.map((paper) => toHfDailyPaper(paper, library.siteUrl, range)),
    next: hasMore ? `${library.siteUrl}/api/daily_papers?${next}` : null,
  };
}

function rangeOf({ sort, date, week, month }: DailyParameters): DayRange {
  const period = sort === 'trending' ? '' : (date ?? week ?? month ?? '');
  return parsePeriod(period) ?? { from: null, to: null };
}

async function find(library: Library, options: DailyParameters, range: DayRange): Promise<Found> {
  if (options.submitter !== undefined && options.submitter !== submitterName) return { papers: [], hasMore: false };
  if (options.sort === 'publishedAt' && options.date) return await findOfDay(library, options, options.date);
  return await findListed(library, options, { range, sort: options.sort === 'trending' ? 'trending' : 'listing' });
}

/** Sorts by upvotes, then by the order of the listing. */
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
