/** Converts a paper to the document that the store gives to the search index. */
import type { Paper } from '#core/paper.ts';
import type { SearchDocument } from '#core/ports/papers.ts';

export function toSearchDocument(paper: Paper, key: number): SearchDocument {
  return {
    key,
    id: paper.id,
    aliases: [...(paper.arxivId === null ? [] : [paper.arxivId]), ...paper.aliases],
    title: paper.title,
    abstract: paper.abstract,
    authors: paper.authors,
    authorCount: paper.authorCount,
    organization: paper.organization,
    publishedOn: paper.publishedOn,
    listings: paper.listings,
    upvotes: paper.upvotes,
    commentCount: paper.commentCount,
    tags: paper.tags,
    hasCode: paper.links.some((link) => link.kind === 'code'),
    hasProject: paper.links.some((link) => link.kind === 'project'),
  };
}
