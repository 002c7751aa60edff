/** The response schemas of API v1. */
import { z } from 'zod';
import { DaySchema, PublicationDateSchema } from '#core/day.ts';
import { LinkSchema, ListingSchema, PaperIdSchema, ProvenanceSchema, TagSchema, tagKinds } from '#core/paper.ts';

export const ApiPaperSchema = z.object({
  id: PaperIdSchema,
  arxivId: z.string().nullable(),
  title: z.string().describe('With its TeX as it came.'),
  abstract: z.string().describe('With its TeX as it came; empty when it is not known.'),
  authors: z.array(z.string()).readonly().describe('In the paper’s order; empty when only their number is known.'),
  authorCount: z.int().nullable().describe('Null when it is not known.'),
  organization: z.string().nullable(),
  publishedOn: PublicationDateSchema.nullable().describe(
    'The day the paper appeared, or its year when no more is known.',
  ),
  listings: z.array(ListingSchema).readonly().describe('The days and places in which sources featured it.'),
  upvotes: z.int().nullable(),
  commentCount: z.int().nullable(),
  links: z.array(LinkSchema).readonly(),
  tags: z.array(TagSchema).readonly().describe('A topic says the words that earned it.'),
  comment: z.string().nullable().describe('What the authors say of it: pages, venue, why it was withdrawn.'),
  withdrawn: z.boolean(),
  aliases: z.array(z.string()).readonly().describe('Other ids that lead to it.'),
  provenance: z.array(ProvenanceSchema).readonly().describe('Which source supplied which fields.'),
  url: z.url().describe('The paper’s page here.'),
});
export type ApiPaper = Readonly<z.infer<typeof ApiPaperSchema>>;

const ApiTagCountSchema = z.object({ kind: z.enum(tagKinds), slug: z.string(), label: z.string(), count: z.int() });

export const ApiFacetsSchema = z.object({
  topics: z.array(ApiTagCountSchema).readonly(),
  years: z.array(z.object({ year: z.int(), count: z.int() })).readonly(),
  authorCounts: z.array(z.object({ authors: z.int(), count: z.int() })).readonly(),
  hasCode: z.int(),
});

const ApiProblemSchema = z.object({
  level: z.enum(['note', 'error']),
  parameter: z.string(),
  message: z.string(),
  start: z.int().optional(),
  end: z.int().optional(),
});

export const ApiPaperListSchema = z.object({
  total: z.int().describe('Papers that match everything.'),
  partial: z.int().describe('Papers that match some of the words only; they follow the others.'),
  atLeast: z.literal(false).describe('The total is exact.'),
  papers: z.array(ApiPaperSchema.extend({ partial: z.boolean() })).readonly(),
  facets: ApiFacetsSchema.nullable(),
  problems: z.array(ApiProblemSchema).readonly(),
  next: z.string().nullable().describe('The cursor of the next page; null on the last one.'),
  didYouMean: z
    .array(z.object({ q: z.string(), total: z.int() }))
    .readonly()
    .describe('On the first page: the query with unknown words put right, and how many papers that finds.'),
  indexing: z
    .object({ done: z.int(), total: z.int() })
    .describe(
      'Only while the search index is first built: the response is of the first `done` of the store’s `total` papers.',
    )
    .optional(),
});
export type ApiPaperList = Readonly<z.infer<typeof ApiPaperListSchema>>;

export const ApiRelatedSchema = z.object({
  papers: z
    .array(
      ApiPaperSchema.extend({
        reason: z
          .object({
            terms: z.array(z.string()).readonly(),
            topics: z.array(z.string()).readonly(),
            authors: z.array(z.string()).readonly(),
          })
          .describe('What both papers have.'),
      }),
    )
    .readonly()
    .describe('In the order that was asked for.'),
});
export type ApiRelated = Readonly<z.infer<typeof ApiRelatedSchema>>;

const ApiTagSchema = ApiTagCountSchema.extend({
  parent: z.string().nullable().describe('The topic it stands under.'),
  url: z.url(),
  months: z
    .array(z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), count: z.int() }))
    .readonly()
    .describe('Papers by month of publication, the last two years with papers; months without any are left out.'),
});

export const ApiTagListSchema = z.object({
  tags: z.array(ApiTagSchema).readonly().describe('Topics and arXiv categories, most papers first.'),
});
export type ApiTagList = Readonly<z.infer<typeof ApiTagListSchema>>;

export const ApiDayListSchema = z.object({
  days: z
    .array(z.object({ day: DaySchema, count: z.int(), url: z.url() }))
    .readonly()
    .describe('Days with listed papers, the latest first.'),
});
export type ApiDayList = Readonly<z.infer<typeof ApiDayListSchema>>;

export const ApiSuggestionsSchema = z.object({
  span: z
    .object({ start: z.int(), end: z.int() })
    .nullable()
    .describe('The characters that a suggestion replaces; null where there is nothing to complete.'),
  suggestions: z
    .array(
      z.object({
        kind: z.enum(['qualifier', 'value', 'tag', 'author']),
        value: z.string().describe('What is put in the place of the span.'),
        label: z.string(),
        count: z.int().nullable().describe('Papers that have it.'),
        text: z.string().describe('The whole text with the suggestion in its place.'),
        caret: z.int().describe('Where one types on in it.'),
      }),
    )
    .readonly(),
});
export type ApiSuggestions = Readonly<z.infer<typeof ApiSuggestionsSchema>>;

export const OpenSearchSuggestionsSchema = z
  .tuple([z.string(), z.array(z.string()).readonly(), z.array(z.string()).readonly()])
  .readonly();
export type OpenSearchSuggestions = Readonly<z.infer<typeof OpenSearchSuggestionsSchema>>;

/** RFC 9457. */
export const ProblemDocumentSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().optional(),
  parameter: z.string().describe('The parameter it is about.').optional(),
  problems: z.array(ApiProblemSchema).readonly().optional(),
  instance: z.string().optional(),
});
