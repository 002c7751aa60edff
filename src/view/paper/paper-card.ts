/** Builds the card of a paper in a list. */
import type { Condition } from '#core/condition.ts';
import { type Day, type DayRange, isWithin } from '#core/day.ts';
import type { Link, Listing, Paper, Tag } from '#core/paper.ts';
import { hrefOf } from '#query/format-query.ts';
import { allPapersPath, authorPath, dayPath, paperPath, tagPath } from '#view/paths.ts';
import { type MarkTerm, toMarkTerms } from '#view/text/highlights.ts';
import {
  toCountLabel,
  toDayView,
  toListLabel,
  toNumberLabel,
  toPublishedView,
  toSourceLabel,
} from '#view/text/labels.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { toSegments } from '#view/text/text-segments.ts';
import type { LinkView, PaperCardView, TagView } from './paper-view.ts';

const authorsMax = 4;
const tagsMax = 6;

/** Data that all cards of a list share. */
export type CardContext = {
  readonly titleMarks: readonly MarkTerm[];
  readonly abstractMarks: readonly MarkTerm[];
  /** The card shows the paper's latest listing in this range. */
  readonly range: DayRange;
};

/** Data of one paper in this list. */
export type CardDetails = { readonly partial: boolean; readonly why: string | null };

export function toCardContext(where: readonly Condition[], range: DayRange): CardContext {
  return {
    titleMarks: toMarkTerms(where, ['any', 'title']),
    abstractMarks: toMarkTerms(where, ['any', 'abstract']),
    range,
  };
}

/** For a paper outside a list. */
export const plainCardContext: CardContext = toCardContext([], { from: null, to: null });

export function toPaperCard(
  paper: Paper,
  context: CardContext,
  details: CardDetails = { partial: false, why: null },
): PaperCardView {
  return {
    id: paper.id,
    href: paperPath(paper.id),
    titleText: paper.title,
    title: toSegments(paper.title, context.titleMarks),
    abstract: toSegments(paper.abstract, context.abstractMarks),
    ...toAuthors(paper),
    authorCount: paper.authorCount,
    published: paper.publishedOn && toPublishedView(paper.publishedOn),
    listed: toListed(paper.listings, context.range),
    organization: paper.organization === null ? null : toOrganizationLink(paper.organization),
    commentsLabel: paper.commentCount ? toCountLabel(paper.commentCount, 'comment') : null,
    upvotesLabel: paper.upvotes ? toCountLabel(paper.upvotes, 'upvote') : null,
    tags: toTagViews(paper.tags).slice(0, tagsMax),
    links: {
      arxiv: findUrl(paper.links, 'arxiv') ?? arxivUrl(paper, 'abs'),
      pdf: findUrl(paper.links, 'pdf') ?? arxivUrl(paper, 'pdf'),
      code: findUrl(paper.links, 'code'),
      project: findUrl(paper.links, 'project'),
    },
    withdrawn: paper.withdrawn,
    ...details,
  };
}

/** Shows all of five authors, because `and 1 more` is as long as a name. */
function toAuthors({ authors, authorCount }: Paper): Pick<PaperCardView, 'authors' | 'authorsLabel'> {
  const shown = authors.length <= authorsMax + 1 ? authors : authors.slice(0, authorsMax);
  if (authors.length === 0)
    return { authors: [], authorsLabel: authorCount === null ? '' : toCountLabel(authorCount, 'author') };
  const rest = authors.length - shown.length;
  return { authors: shown.map(toAuthorLink), authorsLabel: rest === 0 ? '' : `and ${toNumberLabel(rest)} more` };
}

export function toAuthorLink(name: string): LinkView {
  return { label: name, href: authorPath(name) };
}

/** Topics first, then a source's keywords, then categories. */
export function toTagViews(tags: readonly Tag[]): TagView[] {
  return (['topic', 'keyword', 'category'] as const)
    .flatMap((kind) => tags.filter((tag) => tag.kind === kind))
    .map(toTagView);
}

function toTagView({ kind, slug, label, words }: Tag): TagView {
  const title = words.length === 0 ? '' : `from ${words.map((word) => `“${word}”`).join(', ')}`;
  return { kind, slug, label: toReadableText(label), href: tagPath(slug), title };
}

function toOrganizationLink(name: string): LinkView {
  return {
    label: name,
    href: hrefOf(allPapersPath, {
      where: [{ kind: 'text', field: 'org', match: 'phrase', text: name }],
      sort: null,
      page: 1,
    }),
  };
}

function toListed(listings: readonly Listing[], range: DayRange): PaperCardView['listed'] {
  const days = listings.map((listing) => listing.day).filter((day) => isWithin({ from: day, to: day }, range));
  const latest = days.reduce<Day | null>((last, day) => (last === null || day > last ? day : last), null);
  return (
    latest && {
      ...toDayView(latest),
      href: dayPath(latest),
      by: toListersLabel(listings.filter(({ day }) => day === latest)),
    }
  );
}

/** The source `listing` is a pasted page of Hugging Face, so it is omitted beside `hf`. */
function toListersLabel(listings: readonly Listing[]): string {
  const labels = listings
    .map(({ source }) => source)
    .filter((source, _, all) => source !== 'listing' || !all.includes('hf'));
  return toListLabel([...new Set(labels)].sort().map(toSourceLabel));
}

function findUrl(links: readonly Link[], kind: Link['kind']): string | null {
  return links.find((link) => link.kind === kind)?.url ?? null;
}

/** The arXiv address that follows from the id, for papers without such a link. */
function arxivUrl({ arxivId }: Paper, form: 'abs' | 'pdf'): string | null {
  return arxivId === null ? null : `https://arxiv.org/${form}/${arxivId}`;
}
