/** The search in SQL answers what `matches` means, in the order and with the facets that were asked for. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition } from '#core/condition';
import { matches } from '#core/matches';
import type { Paper } from '#core/paper';
import { openReadable } from '#store/database';
import { createPaperWriter } from '#store/paper-writer';
import { createSqlSearch } from '#store/sql-search';
import { arbitraryCondition, arbitraryPapers } from '#tests/arbitrary-query';
import { aDay } from '#tests/days';
import { propertyRuns } from '#tests/property-runs';
import { aTempStore } from '#tests/temp-store';

function storeOf(papers: readonly Paper[]) {
  const { database, file } = aTempStore();
  const writer = createPaperWriter(database);
  const merged = papers.map((paper) => ({ ...paper, slug: '' }));
  const keys = database
    .transaction(() => {
      writer.prepare(merged);
      const saved = merged.map((paper) => writer.save(paper, null).key);
      writer.finish();
      return saved;
    })
    .immediate();
  return { keys, search: createSqlSearch(openReadable(file)) };
}

test('finds exactly the papers that match', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryPapers,
      fc.array(fc.array(arbitraryCondition, { maxLength: 3 }), { minLength: 5, maxLength: 5 }),
      async (papers, wheres) => {
        const { keys, search } = storeOf(papers);
        for (const where of wheres) {
          const result = await search.search({
            where,
            sort: 'new',
            offset: 0,
            limit: papers.length,
            facets: true,
            today: aDay('2026-01-01'),
          });
          const expected = keys.filter((_, i) => where.every((condition: Condition) => matches(condition, papers[i] as Paper)));
          expect(result.hits.map((hit) => hit.key).sort((a, b) => a - b)).toEqual(expected);
          expect(result.total).toBe(expected.length);
          expect(result.facets?.hasCode).toBe(
            papers.filter((paper, i) => expected.includes(keys[i] ?? -1) && paper.links.some((link) => link.kind === 'code')).length,
          );
        }
      },
    ),
    { numRuns: propertyRuns(60) },
  );
});
