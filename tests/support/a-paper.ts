/** A valid paper for tests. A test overrides only the fields that matter. */
import type { z } from 'zod';
import { type Paper, PaperSchema, type Tag } from '#core/paper.ts';

type PaperInput = z.input<typeof PaperSchema>;
type TagInput = PaperInput['tags'][number];

export type PaperOverrides = Partial<Omit<PaperInput, 'tags'>> & {
  /** Slugs: a text with a dot is a category's, any other is a topic's. */
  readonly tags?: readonly (string | Tag)[];
};

export function aPaper({ tags = [], ...overrides }: PaperOverrides = {}): Paper {
  const authors = overrides.authors ?? ['Ada Example', 'Bo Sample'];
  return PaperSchema.parse({
    id: '2405.14906',
    arxivId: null,
    title: 'A plain title',
    abstract: 'A plain abstract.',
    authors,
    authorCount: authors.length > 0 ? authors.length : null,
    organization: null,
    publishedOn: '2024-05-23',
    listings: [{ source: 'listing', day: '2025-12-16', position: 1 }],
    upvotes: null,
    commentCount: null,
    links: [],
    comment: null,
    withdrawn: false,
    aliases: [],
    provenance: [],
    ...overrides,
    tags: tags.map(toTag),
  } satisfies PaperInput);
}

function toTag(tag: string | Tag): TagInput {
  if (typeof tag !== 'string') return { ...tag, words: [...tag.words] };
  return {
    kind: tag.includes('.') ? 'category' : 'topic',
    slug: tag.toLowerCase(),
    label: tag.replaceAll('-', ' '),
    words: [],
  };
}
