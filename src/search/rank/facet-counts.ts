/** Counts the matching papers by topic, year, number of authors and code. */
import { TagSlugSchema } from '#core/paper.ts';
import type { Facets } from '#core/ports/papers.ts';
import { type DocSet, lowestBit } from '#search/index/doc-set.ts';
import type { DocValues } from '#search/index/doc-values.ts';
import type { Segment } from '#search/index/segment.ts';

const topicsMax = 60;

/** Author counts below this are counted in an array, the rare larger ones in a map. */
const authorCountsLength = 256;

/** Counts of one segment that need every document's doc values. */
export type DocumentCounts = {
  /** Papers by topic id. */
  readonly topics: Uint32Array;
  /** Papers by number of authors. */
  readonly authorCounts: Uint32Array;
  /** The same for the rare larger numbers. */
  readonly largeAuthorCounts: Map<number, number>;
};

export class FacetCounts {
  readonly #topics = new Map<string, { readonly label: string; count: number }>();
  readonly #years = new Map<number, number>();
  readonly #authorCounts = new Map<number, number>();
  #hasCode = 0;

  /** Adds the documents of `set`, all of which are live. `count` is their number. */
  add(segment: Segment, set: DocSet, count: number): void {
    if (count === 0) return;
    const { topics, authorCounts, largeAuthorCounts } = countsOf(segment, set, count);
    for (const [authors, papers] of authorCounts.entries()) this.#addAuthors(authors, papers);
    for (const [authors, papers] of largeAuthorCounts) this.#addAuthors(authors, papers);
    for (const [i, { slug, label }] of segment.topics.entries())
      this.addTopic(slug, { label, count: topics[i] as number });
    this.#hasCode += set.countCommon(segment.statistics.withCode);
    for (const { year, first, end } of segment.statistics.years) {
      const papers = set.countIn(first, end);
      if (papers > 0 && year > 0) this.#years.set(year, (this.#years.get(year) ?? 0) + papers);
    }
  }

  toFacets(): Facets {
    const topics = [...this.#topics]
      .filter(([, { count }]) => count > 0)
      .sort(([slugA, a], [slugB, b]) => b.count - a.count || (slugA < slugB ? -1 : 1))
      .slice(0, topicsMax);
    return {
      topics: topics.map(([slug, { label, count }]) => ({
        kind: 'topic',
        slug: TagSlugSchema.parse(slug),
        label,
        count,
      })),
      years: [...this.#years].sort(([a], [b]) => a - b).map(([year, count]) => ({ year, count })),
      authorCounts: [...this.#authorCounts].sort(([a], [b]) => a - b).map(([authors, count]) => ({ authors, count })),
      hasCode: this.#hasCode,
    };
  }

  #addAuthors(authors: number, count: number): void {
    if (count > 0) this.#authorCounts.set(authors, (this.#authorCounts.get(authors) ?? 0) + count);
  }

  addTopic(slug: string, { label, count }: { readonly label: string; readonly count: number }): void {
    const known = this.#topics.get(slug);
    if (known) known.count += count;
    else this.#topics.set(slug, { label, count });
  }
}

/** Counts the smaller half: for a large set, subtracts the other live documents from the segment's total. */
function countsOf(segment: Segment, set: DocSet, count: number): DocumentCounts {
  if (count * 2 <= segment.liveCount) return countDocuments(segment, set);
  const { buffers } = segment;
  const mark = buffers.setsInUse;
  const others = buffers.takeCopy(segment.liveDocs);
  others.andNot(set);
  const otherCounts = countDocuments(segment, others);
  buffers.release(mark);
  const all = segment.allCounts;
  const subtract = (counts: Uint32Array, by: Uint32Array) => counts.map((papers, i) => papers - (by[i] as number));
  return {
    topics: subtract(all.topics, otherCounts.topics),
    authorCounts: subtract(all.authorCounts, otherCounts.authorCounts),
    largeAuthorCounts: new Map(
      [...all.largeAuthorCounts].map(([authors, papers]) => [
        authors,
        papers - (otherCounts.largeAuthorCounts.get(authors) ?? 0),
      ]),
    ),
  };
}

/** Subtracts a document that the counts include. */
export function uncount(
  { topics, authorCounts, largeAuthorCounts }: DocumentCounts,
  { authorCount, topicsStart, topicIds }: DocValues,
  doc: number,
): void {
  const authors = authorCount[doc] as number;
  if (authors >= authorCountsLength) largeAuthorCounts.set(authors, (largeAuthorCounts.get(authors) ?? 0) - 1);
  else if (authors >= 0) (authorCounts[authors] as number)--;
  for (let i = topicsStart[doc] as number; i < (topicsStart[doc + 1] as number); i++)
    (topics[topicIds[i] as number] as number)--;
}

export function countDocuments(
  { docValues: columns, topics: segmentTopics }: Segment,
  { words }: DocSet,
): DocumentCounts {
  const { authorCount, topicsStart, topicIds } = columns;
  const topics = new Uint32Array(segmentTopics.length);
  const authorCounts = new Uint32Array(authorCountsLength);
  const largeAuthorCounts = new Map<number, number>();
  for (let i = 0; i < words.length; i++) {
    for (let bits = words[i] as number; bits !== 0; bits &= bits - 1) {
      const doc = (i << 5) | lowestBit(bits);
      const authors = authorCount[doc] as number;
      if (authors >>> 0 < authorCountsLength) (authorCounts[authors] as number)++;
      else if (authors >= 0) largeAuthorCounts.set(authors, (largeAuthorCounts.get(authors) ?? 0) + 1);
      const end = topicsStart[doc + 1] as number;
      for (let at = topicsStart[doc] as number; at < end; at++) (topics[topicIds[at] as number] as number)++;
    }
  }
  return { topics, authorCounts, largeAuthorCounts };
}
