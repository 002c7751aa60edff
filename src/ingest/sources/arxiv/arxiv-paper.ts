/** The paper format shared by arXiv's services, and its conversion to a record. */
import { z } from 'zod';
import { parseArxivId } from '#core/arxiv-id.ts';
import { type Day, DaySchema } from '#core/day.ts';
import { LinkSchema } from '#core/paper.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { cleanAuthorNames } from '#core/text/author-names.ts';
import { cleanText, isWithdrawn } from '#core/text/clean-text.ts';
import { explainIssue } from '#ingest/explain-issue.ts';
import type { SourceEvent } from '#ingest/source.ts';

const ArxivPaperSchema = z.object({
  /** An id in any notation, usually a URL with a version. */
  id: z.string().refine((id) => parseArxivId(id) !== null, 'it is no arXiv id'),
  title: z.string().refine((title) => cleanText(title) !== '', 'a title is missing'),
  abstract: z.string(),
  authors: z.array(z.string()),
  /** Day of the first version, if the service provides it. */
  publishedOn: DaySchema.optional(),
  categories: z.array(z.string()),
  comment: z.string(),
  doi: z.string(),
  /** The announcement of the paper, in an RSS feed. */
  listing: z.object({ source: z.string(), day: DaySchema, position: z.int().min(1) }).optional(),
});
export type ArxivPaper = z.infer<typeof ArxivPaperSchema>;

/** Validates a paper. Returns a record or a rejection. */
export function toArxivEvent(raw: unknown, where: string, now: string): SourceEvent {
  const parsed = ArxivPaperSchema.safeParse(raw);
  if (parsed.success) return { kind: 'record', record: toArxivRecord(parsed.data, now), where };
  const title = cleanText(typeof raw === 'object' && raw !== null && 'title' in raw ? String(raw.title) : '').slice(
    0,
    200,
  );
  return { kind: 'rejected', rejection: { where, reason: explainIssue(parsed.error), ...(title ? { title } : {}) } };
}

export function toArxivRecord(paper: ArxivPaper, now: string): PaperRecordInput {
  const arxiv = parseArxivId(paper.id);
  const abstract = cleanText(paper.abstract);
  const authors = cleanAuthorNames(paper.authors);
  const comment = cleanText(paper.comment);
  const doi = paper.doi.trim().split(/\s+/)[0] ?? '';
  return {
    source: 'arxiv',
    ...(arxiv ? { arxivId: arxiv.id } : {}),
    ...(arxiv?.version ? { version: arxiv.version } : {}),
    title: cleanText(paper.title),
    abstract,
    authors,
    ...(authors.length > 0 ? { authorCount: authors.length } : {}),
    ...(paper.publishedOn ? { publishedOn: paper.publishedOn as string } : {}),
    listings: paper.listing ? [paper.listing] : [],
    links:
      doi === ''
        ? []
        : [
            LinkSchema.safeParse({ kind: 'doi', url: `https://doi.org/${encodeURI(doi.toWellFormed())}` }).data ?? [],
          ].flat(),
    categories: [...new Set(paper.categories.map(cleanText).filter((name) => name !== ''))],
    ...(comment === '' ? {} : { comment }),
    withdrawn: isWithdrawn(comment, abstract),
    fetchedAt: now,
  };
}

/** Returns the URL of a service. arXiv's services have separate hosts; another endpoint serves all of them. */
export function arxivAddress(endpoint: string, service: 'query' | 'oai' | 'rss'): string {
  if (service === 'query') return `${endpoint}/api/query`;
  const isArxiv = /^https:\/\/(?:export\.)?arxiv\.org$/.test(endpoint);
  if (service === 'oai') return isArxiv ? 'https://oaipmh.arxiv.org/oai' : `${endpoint}/oai`;
  return isArxiv ? 'https://rss.arxiv.org/rss' : `${endpoint}/rss`;
}

/** Days of a search, both inclusive. */
export type ArxivRange = { readonly from: Day; readonly to: Day };
