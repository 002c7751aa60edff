/** Counts of topics, years, numbers of authors and code over the matching papers. */

import { TagSlugSchema } from '#core/paper';
import type { Facets } from '#core/ports';
import { flagBits } from './columns.ts';
import type { Segment } from './segment.ts';

const topicsMax = 60;
const yearsEnd = 10_000;

export class FacetCounts {
  readonly #topics = new Map<string, { readonly label: string; count: number }>();
  readonly #years = new Uint32Array(yearsEnd);
  readonly #authorCounts = new Map<number, number>();
  #hasCode = 0;

  add(segment: Segment, docs: Uint32Array): void {
    const { year, authorCount, flags, topicsStart, topicIds } = segment.columns;
    const topics = new Uint32Array(segment.topics.length);
    const few = new Uint32Array(256);
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i] as number;
      (this.#years[year[doc] as number] as number)++;
      const authors = authorCount[doc] as number;
      if (authors >= 0 && authors < few.length) (few[authors] as number)++;
      else if (authors >= 0) this.#addAuthors(authors, 1);
      this.#hasCode += (flags[doc] as number) & flagBits.code;
      for (let at = topicsStart[doc] as number; at < (topicsStart[doc + 1] as number); at++) (topics[topicIds[at] as number] as number)++;
    }
    for (const [authors, count] of few.entries()) if (count > 0) this.#addAuthors(authors, count);
    for (const [i, { slug, label }] of segment.topics.entries()) this.#addTopic(slug, { label, count: topics[i] as number });
  }

  toFacets(): Facets {
    const topics = [...this.#topics]
      .filter(([, { count }]) => count > 0)
      .sort(([slugA, a], [slugB, b]) => b.count - a.count || (slugA < slugB ? -1 : 1))
      .slice(0, topicsMax);
    return {
      topics: topics.map(([slug, { label, count }]) => ({ kind: 'topic', slug: TagSlugSchema.parse(slug), label, count })),
      years: this.#toYears(),
      authorCounts: [...this.#authorCounts].sort(([a], [b]) => a - b).map(([authors, count]) => ({ authors, count })),
      hasCode: this.#hasCode,
    };
  }

  #toYears(): { readonly year: number; readonly count: number }[] {
    const years: { readonly year: number; readonly count: number }[] = [];
    // Year 0 stands for none known.
    for (let year = 1; year < yearsEnd; year++) {
      const count = this.#years[year] as number;
      if (count > 0) years.push({ year, count });
    }
    return years;
  }

  #addAuthors(authors: number, count: number): void {
    this.#authorCounts.set(authors, (this.#authorCounts.get(authors) ?? 0) + count);
  }

  #addTopic(slug: string, { label, count }: { readonly label: string; readonly count: number }): void {
    const known = this.#topics.get(slug);
    if (known) known.count += count;
    else this.#topics.set(slug, { label, count });
  }
}
