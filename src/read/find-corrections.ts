/** "Did you mean": corrects unknown words of a list's query if the corrected query finds more papers. */
import type { Condition, SortKey } from '#core/condition.ts';
import type { Day } from '#core/day.ts';
import { wordsOf } from '#core/text/terms.ts';
import { type CorrectedQuery, correctQuery } from '#query/correct-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import type { ListScope } from '#query/scope.ts';
import { whereOf } from '#view/list/to-paper-list-view.ts';
import type { Library } from './library.ts';

/** A corrected query with the number of its papers. */
export type CountedQuery = CorrectedQuery & { readonly count: number };

type FoundTotal = {
  readonly scope: ListScope;
  readonly query: PaperQuery;
  readonly sort: SortKey;
  readonly today: Day;
  /** Papers that match the original query. */
  readonly total: number;
};

/** Searches only if nothing matched, or if the query has an `OR`, where one unknown word can go unnoticed. */
export async function findCorrections(
  { suggester, search }: Library,
  found: FoundTotal,
): Promise<readonly CountedQuery[]> {
  const { scope, query, sort, today, total } = found;
  const words = total === 0 || query.where.some((condition) => condition.kind === 'anyOf') ? wordsIn(query.where) : [];
  if (words.length === 0) return [];
  const corrected = correctQuery(query, await suggester.corrections([...new Set(words)]));
  const counted = corrected.map(async (correction) => {
    const request = { where: whereOf(scope, correction.query), sort, offset: 0, limit: 0, facets: false, today };
    return { ...correction, count: (await search.search(request)).total };
  });
  return (await Promise.all(counted)).filter(({ count }) => count > total);
}

function wordsIn(where: readonly Condition[]): string[] {
  return where.flatMap((condition) => {
    if (condition.kind === 'anyOf') return wordsIn(condition.conditions);
    return condition.kind === 'text' && condition.match !== 'prefix' ? wordsOf(condition.text) : [];
  });
}
