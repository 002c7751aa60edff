/** Parses a pasted page of Hugging Face's Daily Papers, as plain text or Markdown. */

import { type Day, toDay } from '#core/day.ts';
import { findCodeLinks } from '#core/links.ts';
import type { Link } from '#core/paper.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { cleanText } from '#core/text/clean-text.ts';
import { defineFileSource, type Rejection, type SourceEvent, type SourceInput, SourceRefused } from '#ingest/source.ts';
import { collectBytes, decodeListing } from './listing-file.ts';
import { type Entry, finishSections } from './listing-finish.ts';
import { isMarkdownListing, parseMarkdownListing } from './listing-markdown.ts';
import type { ListingContext, ListingOptions, ParsedListing, RawListingPaper, RejectedEntry } from './listing-paper.ts';
import { parseTextListing } from './listing-text.ts';

export const listing = defineFileSource<ListingOptions>({
  name: 'listing',
  async *read(input: SourceInput, options: ListingOptions): AsyncGenerator<SourceEvent> {
    const chunks = collectBytes(input.bytes, input.size);
    let step = await chunks.next();
    for (; !step.done; step = await chunks.next())
      yield { kind: 'progress', done: step.value, total: input.size, unit: 'bytes' };
    const today = toDay(Date.parse(input.now));
    const { entries } = readListing(decodeListing(step.value), { ...options, name: input.name, today });
    for (const entry of entries) {
      if ('reason' in entry) yield { kind: 'rejected', rejection: toRejection(entry) };
      else yield { kind: 'record', record: toRecord(entry, { now: input.now }), where: `line ${entry.line}` };
    }
  },
});

/** Returns the papers of a page in order and the rejected lines. Throws `SourceRefused` if it is not a listing. */
export function parseListing(text: string, context: ListingContext): ParsedListing {
  const { day, entries } = readListing(text, context);
  return {
    day,
    papers: entries.flatMap((entry) => ('reason' in entry ? [] : [entry])),
    rejected: entries.flatMap((entry) => ('reason' in entry ? [toRejection(entry)] : [])),
  };
}

/** Converts a paper to a record. `now`: when the page was read, ISO 8601 in UTC. */
export function toRecord(raw: RawListingPaper, { now }: { readonly now: string }): PaperRecordInput {
  return {
    source: 'listing',
    title: cleanText(raw.title),
    abstract: cleanText(raw.abstract),
    listings: raw.listed ? [raw.listed] : [],
    links: linksOf(raw),
    fetchedAt: now,
    ...(raw.arxivId === null ? {} : { arxivId: raw.arxivId }),
    ...(raw.authors === null ? {} : { authorCount: raw.authors }),
    ...(raw.published === null ? {} : { publishedOn: raw.published }),
    ...(raw.comments === null ? {} : { commentCount: raw.comments }),
    ...(raw.upvotes === null ? {} : { upvotes: raw.upvotes }),
    ...(raw.organization === null ? {} : { organization: raw.organization }),
  };
}

function linksOf(raw: RawListingPaper): Link[] {
  const links = [...raw.repositories.flatMap(findCodeLinks), ...findCodeLinks(raw.abstract)];
  return [...new Map(links.map((link) => [link.url.toLowerCase(), link])).values()];
}

const toRejection = ({ line, reason, title }: RejectedEntry): Rejection => ({
  where: `line ${line}`,
  reason,
  ...(title ? { title } : {}),
});

function readListing(
  text: string,
  context: ListingContext,
): { readonly day: Day | null; readonly entries: readonly Entry[] } {
  if (text.trim() === '')
    throw new SourceRefused(
      'Line 1: the file is empty; paste the page of daily papers as text, from its title to its end.',
    );
  if (/^\s*<(?:!doctype|html)\b/i.test(text))
    throw new SourceRefused(
      'Line 1: this is the page’s HTML; select the page in a browser, copy it and paste it as text.',
    );
  if (isMarkdownListing(text)) return finishSections([parseMarkdownListing(text)], context, false);
  return finishSections(parseTextListing(text), context, true);
}
