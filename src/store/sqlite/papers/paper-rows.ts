/** Converts between papers and rows of the `Paper` table. */
import { hash } from 'node:crypto';
import { dayNumber, isListingDay, isWithin, publicationDays, publicationPeriod } from '#core/day.ts';
import type { Paper, PaperId } from '#core/paper.ts';
import type { MergedPaper } from '#core/record.ts';

/** Columns that the writer sets, in SQLite's types. The insert or update adds `key`, `id` and `revision`. */
export type PaperRow = {
  readonly arxivId: string | null;
  readonly title: string;
  readonly abstract: string;
  readonly authors: string;
  readonly authorCount: number | null;
  readonly organization: string | null;
  readonly publishedOn: string | null;
  readonly publishedFrom: number | null;
  readonly publishedTo: number | null;
  readonly listings: string;
  readonly upvotes: number | null;
  readonly commentCount: number | null;
  readonly links: string;
  readonly tags: string;
  readonly comment: string | null;
  readonly withdrawn: number;
  readonly hasCode: number;
  readonly hasProject: number;
  readonly aliases: string;
  readonly provenance: string;
  readonly contentHash: string;
};

export function toPaperRow(paper: MergedPaper, aliases: readonly string[]): PaperRow {
  const period = paper.publishedOn ? publicationPeriod(paper.publishedOn) : null;
  const row = {
    arxivId: paper.arxivId,
    title: paper.title,
    abstract: paper.abstract,
    authors: JSON.stringify(paper.authors),
    authorCount: paper.authorCount,
    organization: paper.organization,
    publishedOn: paper.publishedOn,
    publishedFrom: period && dayNumber(period.from),
    publishedTo: period && dayNumber(period.to),
    listings: JSON.stringify(paper.listings),
    upvotes: paper.upvotes,
    commentCount: paper.commentCount,
    links: JSON.stringify(paper.links),
    tags: JSON.stringify(paper.tags),
    comment: paper.comment,
    withdrawn: Number(paper.withdrawn),
    hasCode: Number(paper.links.some((link) => link.kind === 'code')),
    hasProject: Number(paper.links.some((link) => link.kind === 'project')),
    aliases: JSON.stringify(aliases),
  };
  // The fetch time of a source is not part of the paper's content.
  const said = paper.provenance.map(({ source, fields }) => [source, fields]);
  const contentHash = hash('sha1', JSON.stringify([row, said]), 'base64url');
  return { ...row, provenance: JSON.stringify(paper.provenance), contentHash };
}

/** A row as Prisma or a prepared statement returns it. */
export type StoredPaperRow = Omit<PaperRow, 'withdrawn' | 'hasCode' | 'hasProject'> & {
  readonly key: number;
  readonly id: string;
  readonly withdrawn: number | boolean;
};

/**
 * Returns the paper without impossible dates. An older version may have stored some, and they are deleted when the
 * store next opens for writing.
 */
export function fromPaperRow(row: StoredPaperRow): Paper {
  const publishedOn = row.publishedOn as Paper['publishedOn'];
  const listings = JSON.parse(row.listings) as Paper['listings'];
  return {
    id: row.id as PaperId,
    arxivId: row.arxivId,
    title: row.title,
    abstract: row.abstract,
    authors: JSON.parse(row.authors) as Paper['authors'],
    authorCount: row.authorCount,
    organization: row.organization,
    publishedOn: publishedOn && isWithin(publicationPeriod(publishedOn), publicationDays) ? publishedOn : null,
    listings: listings.filter(({ day }) => isListingDay(day)),
    upvotes: row.upvotes,
    commentCount: row.commentCount,
    links: JSON.parse(row.links) as Paper['links'],
    tags: JSON.parse(row.tags) as Paper['tags'],
    comment: row.comment,
    withdrawn: Boolean(row.withdrawn),
    aliases: JSON.parse(row.aliases) as Paper['aliases'],
    provenance: JSON.parse(row.provenance) as Paper['provenance'],
  };
}
