/** The contract of `GET /api/v1/papers`: its schemas, and how a list becomes its answer. */
import { z } from 'zod';
import { PublicationDateSchema } from '#core/day';
import { LinkSchema, ListingSchema, type Paper, PaperIdSchema, ProvenanceSchema, TagSchema, tagKinds } from '#core/paper';
import type { SearchResult } from '#core/ports';
import type { QueryProblem } from '#serve/query/paper-query';
import { paperPath } from './paths.ts';

export const ApiPaperSchema = z.object({
  id: PaperIdSchema,
  arxivId: z.string().nullable(),
  title: z.string().describe('With its TeX as it came.'),
  abstract: z.string().describe('With its TeX as it came; empty when it is not known.'),
  authors: z.array(z.string()).readonly().describe('In the paper’s order; empty when only their number is known.'),
  authorCount: z.int().nullable().describe('Null when it is not known.'),
  organization: z.string().nullable(),
  publishedOn: PublicationDateSchema.nullable().describe('The day the paper appeared, or its year when no more is known.'),
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

export const ApiProblemSchema = z.object({
  level: z.enum(['note', 'error']),
  parameter: z.string(),
  message: z.string(),
  start: z.int().optional(),
  end: z.int().optional(),
});

export const ApiPaperListSchema = z.object({
  total: z.int().describe('Papers that match everything.'),
  partial: z.int().describe('Papers that match some of the words only; they follow the others.'),
  atLeast: z.boolean().describe('The total is a lower bound.'),
  papers: z.array(ApiPaperSchema.extend({ partial: z.boolean() })).readonly(),
  facets: ApiFacetsSchema.nullable(),
  problems: z.array(ApiProblemSchema).readonly(),
  next: z.string().nullable().describe('The cursor of the next page; null on the last one.'),
});
export type ApiPaperList = Readonly<z.infer<typeof ApiPaperListSchema>>;

export type ApiListContext = {
  readonly result: Pick<SearchResult, 'total' | 'atLeast' | 'partial' | 'facets'>;
  readonly papers: readonly { readonly paper: Paper; readonly partial: boolean }[];
  readonly problems: readonly QueryProblem[];
  readonly next: string | null;
  /** Where this instance is reached, `https://digest.example`. */
  readonly siteUrl: string;
};

export function toApiPaper(paper: Paper, siteUrl: string): ApiPaper {
  const { id, arxivId, title, abstract, authors, authorCount, organization, publishedOn, listings, upvotes, commentCount } = paper;
  const { links, tags, comment, withdrawn, aliases, provenance } = paper;
  const known = { id, arxivId, title, abstract, authors, authorCount, organization, publishedOn, listings, upvotes, commentCount };
  return { ...known, links, tags, comment, withdrawn, aliases, provenance, url: new URL(paperPath(id), siteUrl).href };
}

export function toApiPaperList({ result, papers, problems, next, siteUrl }: ApiListContext): ApiPaperList {
  return {
    total: result.total,
    partial: result.partial,
    atLeast: result.atLeast,
    papers: papers.map(({ paper, partial }) => ({ ...toApiPaper(paper, siteUrl), partial })),
    facets: result.facets,
    problems,
    next,
  };
}
