/** Papers for the search bench: real ones from a file, then papers with recombined sentences and authors. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DaySchema, PublicationDateSchema } from '#core/day.ts';
import { PaperIdSchema, TagSlugSchema } from '#core/paper.ts';
import type { SearchDocument } from '#core/ports/papers.ts';

type RawPaper = {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly date: string;
  readonly categories?: readonly string[];
  readonly keywords?: readonly string[];
};

export type Texts = {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly date: string;
  readonly tags: readonly string[];
};

const topicsCount = 60;
const topicsEach = 3;

export function readPapers(file: string): Texts[] {
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.map((line) => {
    const { title, abstract, authors, date, categories = [], keywords = [] } = JSON.parse(line) as RawPaper;
    return { title, abstract, authors, date, tags: [...categories, ...keywords.slice(0, 5)] };
  });
}

/** Returns paper `number`. The first `real.length` are real. The others are deterministic mixes of real sentences. */
export function textsAt(real: readonly Texts[], number: number): Texts {
  const base = real[number % real.length] as Texts;
  if (number < real.length) return base;
  const next = randomOf(number);
  const pick = () => real[next(real.length)] as Texts;
  const sentences = Array.from({ length: base.abstract.split('. ').length }, () => {
    const own = pick().abstract.split('. ');
    return own[next(own.length)] ?? '';
  });
  return {
    title: pick().title,
    abstract: sentences.join('. '),
    authors: pick().authors,
    date: pick().date,
    tags: pick().tags,
  };
}

export function toDocument(texts: Texts, key: number): SearchDocument {
  const next = randomOf(key + 7);
  const categories = texts.tags.flatMap((tag) => {
    const slug = TagSlugSchema.safeParse(tag.toLowerCase().replaceAll(' ', '-').slice(0, 80));
    return slug.success ? [{ kind: 'category' as const, slug: slug.data, label: tag }] : [];
  });
  const topics = [
    ...new Set(Array.from({ length: topicsEach }, () => Math.min(next(topicsCount), next(topicsCount)))),
  ].map((topic) => ({
    kind: 'topic' as const,
    slug: TagSlugSchema.parse(`topic-${topic}`),
    label: `topic ${topic}`,
  }));
  const date = PublicationDateSchema.safeParse(texts.date);
  return {
    key,
    id: PaperIdSchema.parse(`p${key}`),
    aliases: [],
    title: texts.title,
    abstract: texts.abstract,
    authors: texts.authors,
    authorCount: texts.authors.length || null,
    organization: null,
    publishedOn: date.success ? date.data : null,
    listings:
      next(10) === 0
        ? [
            {
              source: 'hf',
              day: DaySchema.parse(
                `2025-${String(1 + next(12)).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`,
              ),
              position: 1 + next(50),
            },
          ]
        : [],
    upvotes: next(3) === 0 ? null : next(200),
    commentCount: null,
    tags: [...topics, ...categories],
    hasCode: next(4) === 0,
    hasProject: false,
  };
}

export function randomOf(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 2654435761) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
