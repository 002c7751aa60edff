/** What one source says of one paper, in our words: the input of the merge, kept as provenance. */
import { z } from 'zod';
import { DaySchema, PublicationDateSchema } from './day.ts';
import { LinkSchema, type Listing, type Paper } from './paper.ts';

/** Every reader takes a count for a number of 32 bits; nothing real comes near. */
const count = z
  .int()
  .min(0)
  .max(2 ** 31 - 1, 'the number is too large for a count');
const text = z.string().max(100_000, 'the text is longer than 100,000 characters');

const word = (name: string) => z.string().min(1).max(1_000, `${name} is longer than 1,000 characters`);
const words = (name: string, names: string) =>
  z.array(word(name)).max(1_000, `there are more than 1,000 ${names}`).default([]);

export const PaperRecordSchema = z.object({
  /** `listing`, `hf`, `arxiv`, `jsonl`, …: the registry's name of the source. */
  source: z.string().min(1),
  /** The arXiv id without version, when the source gives one. */
  arxivId: z.string().optional(),
  /** The arXiv version this text is of, when the source says. */
  version: z.int().min(1).optional(),
  /** A valid id of the source's own (`[A-Za-z0-9][A-Za-z0-9._/-]*`), not an arXiv id. */
  ownId: z.string().optional(),
  /** Ids that are no valid paper id (`acl:W11-3507`), or secondary ones: they become aliases. */
  otherIds: z.array(z.string()).default([]),
  title: z.string().min(1).max(2_000, 'the title is longer than 2,000 characters'),
  abstract: text.default(''),
  /** The longest lists of authors there are have 15,000 names. */
  authors: z.array(word('an author’s name')).max(20_000, 'there are more than 20,000 authors').default([]),
  authorCount: count.optional(),
  organization: word('the organization').optional(),
  publishedOn: PublicationDateSchema.optional(),
  listings: z.array(z.object({ day: DaySchema, position: count.min(1), source: z.string().optional() })).default([]),
  upvotes: count.optional(),
  commentCount: count.optional(),
  links: z.array(LinkSchema).default([]),
  categories: words('a category', 'categories'),
  keywords: words('a keyword', 'keywords'),
  comment: text.optional(),
  withdrawn: z.boolean().default(false),
  /** When the source was asked, ISO 8601 in UTC: decides between counts, never between texts. */
  fetchedAt: z.iso.datetime(),
});
export type PaperRecord = Readonly<z.infer<typeof PaperRecordSchema>>;
/** A record as a source writes it: what has a default may be left out. */
export type PaperRecordInput = Readonly<z.input<typeof PaperRecordSchema>>;

type ListField = 'otherIds' | 'authors' | 'categories' | 'keywords';

/** A value and when it was read, ISO 8601 in UTC. */
export type Timed<T> = { readonly value: T; readonly at: string };

/** A record as the store keeps it: each count and each listing place with the time it was read. */
export type StoredRecord = Omit<PaperRecord, 'upvotes' | 'commentCount' | 'listings' | ListField> & {
  readonly [field in ListField]: readonly string[];
} & {
  readonly upvotes: Timed<number> | null;
  readonly commentCount: Timed<number> | null;
  readonly listings: readonly (Listing & { readonly at: string })[];
};

/** A paper merged from its records, whose address is still to be given: `id` is its given id, or null, and `slug` is then made of its title. */
export type MergedPaper = Omit<Paper, 'id'> & { readonly id: string | null; readonly slug: string };
