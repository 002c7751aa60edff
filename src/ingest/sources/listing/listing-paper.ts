/** Types of the listing parser: papers, rejected entries, sections and the result. */
import { z } from 'zod';
import { type Day, DaySchema, PublicationDateSchema } from '#core/day.ts';
import type { Rejection } from '#ingest/source.ts';
import type { PageDate } from './listing-lines.ts';

export const RawListingPaperSchema = z.object({
  /** Line number of the title, from 1. */
  line: z.int().min(1),
  title: z.string().min(1).max(1000, 'its title has more than 1,000 characters'),
  /** Keeps line breaks, because a URL may be wrapped. */
  abstract: z.string().min(1).max(100_000, 'its abstract has more than 100,000 characters'),
  authors: z.int().min(0).max(100_000, 'it has more than 100,000 authors').nullable(),
  published: PublicationDateSchema.nullable(),
  comments: z.int().min(0).nullable(),
  /** Day of the listing and position in it, from 1; null for a list without a day. */
  listed: z.object({ day: DaySchema, position: z.int().min(1) }).nullable(),
  upvotes: z.int().min(0).nullable(),
  arxivId: z.string().nullable(),
  organization: z.string().nullable(),
  /** Repository URLs shown beside the abstract. */
  repositories: z.array(z.string()).readonly(),
});
export type RawListingPaper = Readonly<z.infer<typeof RawListingPaperSchema>>;

/** A parsed paper before its listing's day and year are known. */
export type Draft = Omit<RawListingPaper, 'published' | 'listed'> & { readonly date: PageDate | null };

/** A line that was not understood, or an invalid paper. */
export type RejectedEntry = { readonly line: number; readonly reason: string; readonly title?: string };

/** The entries of a listing day. `header` is null if the page states no day. */
export type Section = {
  readonly header: PageDate | null;
  readonly papers: readonly Draft[];
  readonly rejected: readonly RejectedEntry[];
};

export type ListingOptions = { readonly day?: Day; readonly year?: number };

/** Options, file name and current day. */
export type ListingContext = ListingOptions & { readonly name: string; readonly today: Day };

export type ParsedListing = {
  /** Day of the listing, the first one if there are several; null for a list without a day. */
  readonly day: Day | null;
  readonly papers: readonly RawListingPaper[];
  readonly rejected: readonly Rejection[];
};
