/** Builds the view of a paper's page: the card and all other data of the paper. */
import type { Link, Paper, Provenance } from '#core/paper.ts';
import { renderBibtex } from '#formats/bibtex.ts';
import { dayPath, paperPath, relatedPath } from '#view/paths.ts';
import { toDayView, toListLabel, toPublishedView, toSourceLabel, toTimeView } from '#view/text/labels.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { toSegments } from '#view/text/text-segments.ts';
import { plainCardContext, toAuthorLink, toPaperCard, toTagViews } from './paper-card.ts';
import type { LinkView, PaperView, RelatedView } from './paper-view.ts';
import { type RelatedSort, relatedSorts } from './related-order.ts';

/** A related paper, with the terms, topics and authors that both papers share. */
export type RelatedPaper = {
  readonly paper: Paper;
  readonly terms: readonly string[];
  readonly topics: readonly string[];
  readonly authors: readonly string[];
};

export type PaperContext = {
  readonly related: readonly RelatedPaper[];
  readonly relatedSort: RelatedSort;
  /** The papers before and after it in the listing of its latest day. */
  readonly previous: Paper | null;
  readonly next: Paper | null;
};

const relatedLabels: Readonly<Record<RelatedSort, string>> = {
  similarity: 'Most alike',
  new: 'Newest',
  upvotes: 'Most upvotes',
};

export function toPaperView(paper: Paper, context: PaperContext): PaperView {
  const card = toPaperCard(paper, plainCardContext);
  return {
    ...card,
    allAuthors: paper.authors.map(toAuthorLink),
    allTags: toTagViews(paper.tags),
    comment: paper.comment === null ? null : toReadableText(paper.comment),
    allLinks: toAllLinks(paper, card.links),
    listings: [...paper.listings]
      .sort((a, b) => (a.day === b.day ? a.position - b.position : a.day < b.day ? 1 : -1))
      .map(({ source, day, position }) => ({
        ...toDayView(day),
        href: dayPath(day),
        source: toSourceLabel(source),
        position,
      })),
    provenance: paper.provenance.map(toProvenanceView),
    bibtex: renderBibtex([paper]),
    related: context.related.map(toRelatedView),
    relatedSorts: relatedSorts.map((key) => ({
      key,
      label: relatedLabels[key],
      href: relatedPath(paper.id, key),
      active: key === context.relatedSort,
    })),
    previous: context.previous && toNeighbour(context.previous),
    next: context.next && toNeighbour(context.next),
  };
}

function toRelatedView({ paper, terms, topics, authors }: RelatedPaper): RelatedView {
  const shared = terms.length > 0 ? `shares ${terms.map((term) => `“${term}”`).join(', ')}` : '';
  const reasons = [
    shared,
    topics.length > 0 ? `also on ${toListLabel(topics)}` : '',
    authors.length > 0 ? `same ${authors.length === 1 ? 'author' : 'authors'} ${toListLabel(authors)}` : '',
  ];
  return {
    ...toNeighbour(paper),
    published: paper.publishedOn && toPublishedView(paper.publishedOn),
    reason: reasons.filter((reason) => reason !== '').join(' · '),
  };
}

function toNeighbour(paper: Paper): LinkView & Pick<RelatedView, 'title'> {
  return { label: toReadableText(paper.title), href: paperPath(paper.id), title: toSegments(paper.title) };
}

const fieldLabels: Readonly<Record<string, string>> = {
  arxivId: 'arXiv id',
  authorCount: 'number of authors',
  publishedOn: 'publication date',
  listings: 'listing days',
  commentCount: 'number of comments',
  comment: 'authors’ comment',
  withdrawn: 'withdrawal',
  otherIds: 'other ids',
  ownId: 'id',
};

function toProvenanceView({ source, fields, fetchedAt }: Provenance): PaperView['provenance'][number] {
  return {
    source: toSourceLabel(source),
    fields: toListLabel(fields.map((field) => fieldLabels[field] ?? field)),
    fetched: toTimeView(fetchedAt),
  };
}

/** Returns each address once. Adds the addresses that follow from the arXiv id. */
function toAllLinks({ arxivId, links }: Paper, known: PaperView['links']): LinkView[] {
  const derived: Link[] = [
    ...(known.arxiv === null ? [] : [{ kind: 'arxiv', url: known.arxiv } as const]),
    ...(known.pdf === null ? [] : [{ kind: 'pdf', url: known.pdf } as const]),
  ];
  const byUrl = new Map([...derived, ...links].map((link) => [link.url, link]));
  return [...byUrl.values()].map((link) => ({ label: toLinkLabel(link, arxivId), href: link.url }));
}

function toLinkLabel({ kind, url }: Link, arxivId: string | null): string {
  const { host, pathname } = new URL(url);
  const place = host.replace(/^www\./, '');
  switch (kind) {
    case 'arxiv':
      return `arXiv ${arxivId ?? pathname.replace('/abs/', '')}`;
    case 'pdf':
      return `PDF at ${place === 'arxiv.org' ? 'arXiv' : place}`;
    case 'doi':
      return `DOI ${pathname.slice(1)}`;
    case 'source':
      return place === 'huggingface.co' ? 'Hugging Face' : place;
    case 'code':
    case 'project':
      return `${place}${pathname.replace(/\/$/, '')}`;
    default:
      return kind satisfies never;
  }
}
