/** JSON Lines (docs/jsonl.md). An import into an empty store restores the same papers. */
import type { Paper, Tag } from '#core/paper.ts';
import { defineFormat } from './shared/format.ts';

export const jsonl = defineFormat({
  extension: 'jsonl',
  // No media type is registered yet. Servers compress `text/…`.
  contentType: 'text/jsonl; charset=utf-8',
  label: 'JSONL',
  kind: 'export',
  separator: '',
  head: () => '',
  item: ({ paper }) => `${JSON.stringify(toLine(paper))}\n`,
  tail: () => '',
});

function toLine(paper: Paper) {
  const labels = (kind: Tag['kind']) => paper.tags.flatMap((tag) => (tag.kind === kind ? tag.label : []));
  const fields = {
    id: paper.id,
    idFromTitle: isIdFromTitle(paper) || null,
    title: paper.title,
    abstract: paper.abstract || null,
    authors: paper.authors,
    authorCount: paper.authors.length > 0 ? null : paper.authorCount,
    organization: paper.organization,
    publishedOn: paper.publishedOn,
    listings: paper.listings,
    upvotes: paper.upvotes,
    commentCount: paper.commentCount,
    links: paper.links,
    topics: labels('topic'),
    categories: labels('category'),
    keywords: labels('keyword'),
    comment: paper.comment,
    withdrawn: paper.withdrawn,
    aliases: paper.aliases,
    fetchedAt:
      paper.provenance
        .map(({ fetchedAt }) => fetchedAt)
        .sort()
        .at(-1) ?? null,
  };
  // `withdrawn` is always present: without it the import would guess it from comment and abstract.
  const isPresent = ([name, value]: [string, unknown]) =>
    name === 'withdrawn' || (value !== null && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(Object.entries(fields).filter(isPresent));
}

/** Whether the id comes from the title. The paper can then merge with one that brings an arXiv id later. */
function isIdFromTitle({ arxivId, provenance }: Paper): boolean {
  return arxivId === null && !provenance.some(({ fields }) => fields.includes('id'));
}
