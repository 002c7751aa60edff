/** `GET /api/papers/search`: papers that contain the words, the most relevant first. */
import type { Condition } from '#core/condition.ts';
import { wordsOf } from '#core/text/terms.ts';
import type { Library } from '#read/library.ts';
import { findPapers } from '#read/list-papers.ts';
import type { HfPage } from './daily-papers.ts';
import { readParameters, SearchParametersSchema } from './parameters.ts';
import type { HfDailyPaper } from './responses.ts';
import { toHfDailyPaper } from './to-hf-paper.ts';

/** Same limit as for queries of the search box. */
const wordsMax = 100;

export async function searchHfPapers(library: Library, params: URLSearchParams): Promise<HfPage<HfDailyPaper>> {
  const { q, limit } = readParameters(SearchParametersSchema, params);
  const where = toWords(q);
  const isEmpty = q.trim() === '';
  // Text without words matches nothing. An empty query lists the latest papers.
  if (where.length === 0 && !isEmpty) return { body: [], next: null };
  const { papers } = await findPapers(library, {
    scope: { kind: 'all' },
    query: { where, sort: isEmpty ? 'listing' : 'relevance', page: 1 },
    problems: [],
    offset: 0,
    limit,
    facets: false,
  });
  return { body: papers.map(({ paper }) => toHfDailyPaper(paper, library.siteUrl)), next: null };
}

/** Treats every word literally: the text has no operators or qualifiers. */
function toWords(text: string): readonly Condition[] {
  return [...new Set(wordsOf(text))]
    .slice(0, wordsMax)
    .map((word) => ({ kind: 'text', field: 'any', match: 'word', text: word }));
}
