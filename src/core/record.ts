/** One source's data about one paper: the input of the merge, stored as provenance. */
import { z } from 'zod';
import { DaySchema, PublicationDateSchema } from './day.ts';
import { LinkSchema, type Listing, type Paper } from './paper.ts';

/** Maximum of a count: clients may parse it as a 32-bit integer. */
const count = z
  .int()
  .min(0)
  .max(2 ** 31 - 1, 'the number is too large for a count');
const text = z.string().max(100_000, 'the text is longer than 100,000 characters');

const word = (name: string) => z.string().min(1).max(1_000, `${name} is longer than 1,000 characters`);
const words = (name: string, names: string) =>
  z.array(word(name)).max(1_000, `there are more than 1,000 ${names}`).default([]);

export const PaperRecordSchema = z.object({
  /** The source's name in the registry: `listing`, `hf`, `arxiv`, `jsonl`, … */
  source: z.string().min(1),
  /** The arXiv id without version, if the source has one. */
  arxivId: z.string().optional(),
  /** The arXiv version of this text, if known. */
  version: z.int().min(1).optional(),
  /** A valid id of the source's own (`[A-Za-z0-9][A-Za-z0-9._/-]*`), not an arXiv id. */
  ownId: z.string().optional(),
  /** Secondary ids, and ids that are not valid paper ids (`acl:W11-3507`). They become aliases. */
  otherIds: z.array(z.string()).default([]),
  title: z.string().min(1).max(2_000, 'the title is longer than 2,000 characters'),
  abstract: text.default(''),
  /** The longest real author lists have 15,000 names. */
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
  /** When the source was fetched, ISO 8601 in UTC. The newest count wins. Texts do not depend on it. */
  fetchedAt: z.iso.datetime(),
});
export type PaperRecord = Readonly<z.infer<typeof PaperRecordSchema>>;
/** A record as a source returns it. Fields with a default are optional. */
export type PaperRecordInput = Readonly<z.input<typeof PaperRecordSchema>>;

type ListField = 'otherIds' | 'authors' | 'categories' | 'keywords';

/** A value and the time of its fetch, ISO 8601 in UTC. */
export type Timed<T> = { readonly value: T; readonly at: string };

/** A stored record: each count and each listing position has the time of its fetch. */
export type StoredRecord = Omit<PaperRecord, 'upvotes' | 'commentCount' | 'listings' | ListField> & {
  readonly [field in ListField]: readonly string[];
} & {
  readonly upvotes: Timed<number> | null;
  readonly commentCount: Timed<number> | null;
  readonly listings: readonly (Listing & { readonly at: string })[];
};

/**
 * A merged paper before its address is chosen. `id` is its own id or null. If null, the address is a `slug` of the
 * title.
 */
export type MergedPaper = Omit<Paper, 'id'> & { readonly id: string | null; readonly slug: string };
