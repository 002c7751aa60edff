/** One paper as a pasted listing says it, and what reading a listing gives. */
import { z } from 'zod';
import { type Day, DaySchema, PublicationDateSchema } from '#core/day.ts';
import type { Rejection } from '#ingest/source.ts';
import type { PageDate } from './listing-lines.ts';

export const RawListingPaperSchema = z.object({
  /** Line of the title, from 1. */
  line: z.int().min(1),
  title: z.string().min(1).max(1000, 'its title has more than 1,000 characters'),
  /** With its line breaks, as an address may be broken over two lines. */
  abstract: z.string().min(1).max(100_000, 'its abstract has more than 100,000 characters'),
  authors: z.int().min(0).max(100_000, 'it has more than 100,000 authors').nullable(),
  published: PublicationDateSchema.nullable(),
  comments: z.int().min(0).nullable(),
  /** The day of the listing it stands in, and its place there; null for a list that is of no day. */
  listed: z.object({ day: DaySchema, position: z.int().min(1) }).nullable(),
  upvotes: z.int().min(0).nullable(),
  arxivId: z.string().nullable(),
  organization: z.string().nullable(),
  /** Addresses the page shows beside the abstract. */
  repositories: z.array(z.string()).readonly(),
});
export type RawListingPaper = Readonly<z.infer<typeof RawListingPaperSchema>>;

/** A paper as one of the forms gives it, before its listing's day and year are known. */
export type Draft = Omit<RawListingPaper, 'published' | 'listed'> & { readonly date: PageDate | null };

/** Something that was not understood, or a paper that cannot be taken, at a line. */
export type Refused = { readonly line: number; readonly reason: string; readonly title?: string };

/** What stands under one listing's day; `header` is null where the page names none. */
export type Section = {
  readonly header: PageDate | null;
  readonly papers: readonly Draft[];
  readonly refused: readonly Refused[];
};

export type ListingOptions = { readonly day?: Day; readonly year?: number };

/** What a listing's reader knows besides its text. */
export type ListingContext = ListingOptions & { readonly name: string; readonly today: Day };

export type ParsedListing = {
  /** The listing's day, the first of several; null for a list that is of no day. */
  readonly day: Day | null;
  readonly papers: readonly RawListingPaper[];
  readonly rejected: readonly Rejection[];
};
