/** Size limits of a record from any source. */
import { describe, expect, it } from 'vitest';
import { PaperRecordSchema } from '#core/record.ts';

const aRecord = { source: 'hf', title: 'A paper', fetchedAt: '2025-12-16T08:00:00Z' };
const problemsOf = (fields: object): readonly string[] =>
  PaperRecordSchema.safeParse({ ...aRecord, ...fields }).error?.issues.map(({ message }) => message) ?? [];
const long = 'x'.repeat(1_001);

describe('a record', () => {
  it('is rejected with a message if it has too many authors', () => {
    const names = Array.from({ length: 20_001 }, (_, i) => `A. Name ${i}`);
    expect(problemsOf({ authors: names.slice(1) })).toEqual([]);
    expect(problemsOf({ authors: names })).toEqual(['there are more than 20,000 authors']);
  });

  it.each([
    [{ authors: [long] }, 'an author’s name is longer than 1,000 characters'],
    [{ organization: long }, 'the organization is longer than 1,000 characters'],
    [{ keywords: [long] }, 'a keyword is longer than 1,000 characters'],
    [{ categories: [long] }, 'a category is longer than 1,000 characters'],
    [{ keywords: Array.from({ length: 1_001 }, (_, i) => `k${i}`) }, 'there are more than 1,000 keywords'],
    [{ categories: Array.from({ length: 1_001 }, (_, i) => `c${i}`) }, 'there are more than 1,000 categories'],
  ])('has no endless text or list in it (%#)', (fields, problem) => {
    expect(problemsOf(fields)).toEqual([problem]);
  });
});
