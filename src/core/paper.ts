/** The schemas of a merged paper, its identifiers and its parts. */
import { z } from 'zod';
import { DaySchema, PublicationDateSchema } from './day.ts';

const reservedIds = /^(?:date\/|week\/|month\/)|^(?:date|week|month|trending|search|index)$|\.md$|\/related$/i;

/** Returns whether `/papers/{id}` is another page. */
export const isReservedId = (id: string): boolean => reservedIds.test(id);

/** An arXiv id without version (`2405.14906`, `hep-th/9901001`), another source's own id, or a slug of the title. */
export const PaperIdSchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'an id has letters, digits and . _ / - only')
  .refine((id) => !isReservedId(id), 'the id is reserved for a page of its own')
  .brand<'PaperId'>();
export type PaperId = z.infer<typeof PaperIdSchema>;

/** `code-generation`, `cs.cl`: lower case, unique among topics, categories and keywords together. */
export const TagSlugSchema = z
  .string()
  .max(80)
  .regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}\p{M}.+#-]*$/u)
  .brand<'TagSlug'>();
export type TagSlug = z.infer<typeof TagSlugSchema>;

/** `topic`: from the curated vocabulary. `category`: arXiv's. `keyword`: a source's own. */
export const tagKinds = ['topic', 'category', 'keyword'] as const;

export const TagSchema = z.object({
  kind: z.enum(tagKinds),
  slug: TagSlugSchema,
  label: z.string().min(1),
  /** The words of title and abstract that matched the topic. Empty for tags that a source supplied. */
  words: z.array(z.string()).readonly(),
});
export type Tag = Readonly<z.infer<typeof TagSchema>>;

export const linkKinds = ['arxiv', 'pdf', 'doi', 'code', 'project', 'source'] as const;
export const LinkSchema = z.object({ kind: z.enum(linkKinds), url: z.url({ protocol: /^https?$/ }) });
export type Link = Readonly<z.infer<typeof LinkSchema>>;

/** The day and position (from 1) at which a source listed a paper. */
export const ListingSchema = z.object({ source: z.string().min(1), day: DaySchema, position: z.int().min(1) });
export type Listing = Readonly<z.infer<typeof ListingSchema>>;

/** Which fields of the merged paper a source supplied, and when the source was last fetched. */
export const ProvenanceSchema = z.object({
  source: z.string(),
  fields: z.array(z.string()).readonly(),
  fetchedAt: z.string(),
});
export type Provenance = Readonly<z.infer<typeof ProvenanceSchema>>;

export const PaperSchema = z
  .object({
    id: PaperIdSchema,
    /** If set, it is also the paper's id. */
    arxivId: z.string().nullable(),
    title: z.string().min(1),
    abstract: z.string(),
    /** Names in the paper's order. Empty if only their number is known. */
    authors: z.array(z.string().min(1)).readonly(),
    authorCount: z.int().min(0).nullable(),
    organization: z.string().nullable(),
    publishedOn: PublicationDateSchema.nullable(),
    listings: z.array(ListingSchema).readonly(),
    upvotes: z.int().min(0).nullable(),
    commentCount: z.int().min(0).nullable(),
    links: z.array(LinkSchema).readonly(),
    tags: z.array(TagSchema).readonly(),
    /** The authors' comment: pages, venue, reason of a withdrawal. */
    comment: z.string().nullable(),
    withdrawn: z.boolean(),
    /** Former slugs and ids of other sources that redirect to this paper. */
    aliases: z.array(z.string()).readonly(),
    provenance: z.array(ProvenanceSchema).readonly(),
  })
  .refine(
    (paper) => paper.authors.length === 0 || paper.authorCount === paper.authors.length,
    'authorCount is the number of names when they are known',
  );
export type Paper = Readonly<z.infer<typeof PaperSchema>>;
