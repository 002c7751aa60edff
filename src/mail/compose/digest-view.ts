/** Builds the view of a digest: the page's paper cards by topic, with absolute links and without markup. */
import type { Paper } from '#core/paper.ts';
import { hrefOf } from '#query/format-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { toCardContext, toPaperCard } from '#view/paper/paper-card.ts';
import type { PaperCardView } from '#view/paper/paper-view.ts';
import { allPapersPath, paperPath } from '#view/paths.ts';
import { toCountLabel } from '#view/text/labels.ts';
import { explainInclusion } from './explanation.ts';
import { toPlainText } from './formula-text.ts';

type MailLink = { readonly label: string; readonly href: string };

export type MailPaper = {
  readonly title: string;
  readonly href: string;
  readonly details: string;
  readonly explanation: string;
  readonly excerpt: string;
  readonly links: readonly MailLink[];
};

export type MailGroup = { readonly label: string; readonly papers: readonly MailPaper[] };

export type DigestView = {
  /** Such as `Code generation, 1–5 authors`. */
  readonly filter: string;
  /** Such as `Tuesday, 16 December 2025`. */
  readonly day: string;
  /** Subject and title, such as `3 new papers: Code generation, 1–5 authors`. */
  readonly headline: string;
  readonly groups: readonly MailGroup[];
  /** Link to the papers that did not fit into the mail. */
  readonly more: MailLink | null;
  /** Why the digest has no papers; null if it has some. */
  readonly emptyReason: string | null;
  readonly listHref: string;
};

export type DigestContents = {
  readonly query: PaperQuery;
  readonly filter: string;
  readonly day: string;
  /** The first of `count` papers. */
  readonly papers: readonly Paper[];
  /** Number of all new papers. */
  readonly count: number;
  readonly siteUrl: string;
  /** Papers to show. The rest becomes the `more` link. */
  readonly shownMax: number;
  readonly emptyReason: string;
};

const titleCharsMax = 300;
const excerptCharsMax = 320;
const linkCharsMax = 500;
const otherPapersLabel = 'Other papers';

export function toDigestView({
  query,
  filter,
  day,
  papers,
  count,
  siteUrl,
  shownMax,
  emptyReason,
}: DigestContents): DigestView {
  const listHref = `${siteUrl}${hrefOf(allPapersPath, query)}`;
  const rest = count - Math.min(papers.length, shownMax);
  return {
    filter,
    day,
    headline: [toNews(count), ...(query.where.length > 0 ? [filter] : [])].join(': '),
    groups: toGroups(papers.slice(0, shownMax), (paper) => toMailPaper(paper, query, siteUrl)),
    more: rest > 0 ? { label: `and ${toCountLabel(rest, 'more paper')}`, href: listHref } : null,
    emptyReason: count > 0 ? null : emptyReason,
    listHref,
  };
}

const toNews = (count: number): string => (count === 0 ? 'No new papers' : toCountLabel(count, 'new paper'));

/** Sorts topics by number of papers. A topic with one paper gets no group of its own. */
function toGroups(papers: readonly Paper[], toMail: (paper: Paper) => MailPaper): MailGroup[] {
  const topicOf = (paper: Paper) => paper.tags.find((tag) => tag.kind === 'topic')?.label ?? otherPapersLabel;
  const byTopic = Map.groupBy(papers, topicOf);
  const large = [...byTopic]
    .filter(([label, group]) => label !== otherPapersLabel && group.length > 1)
    .sort(([, a], [, b]) => b.length - a.length);
  const inLarge = new Set(large.flatMap(([, group]) => group));
  const rest = papers.filter((paper) => !inLarge.has(paper));
  const groups = [
    ...large,
    ...(rest.length > 0 ? [[large.length > 0 ? otherPapersLabel : 'Papers', rest] as const] : []),
  ];
  return groups.map(([label, group]) => ({ label, papers: group.map(toMail) }));
}

/** Falls back to the title: a paper whose card fails must not stop the digest. */
function toMailPaper(paper: Paper, query: PaperQuery, siteUrl: string): MailPaper {
  const href = `${siteUrl}${paperPath(paper.id)}`;
  try {
    const card = toPaperCard(paper, toCardContext([], { from: null, to: null }));
    return {
      title: cut(toPlainText(card.title), titleCharsMax),
      href,
      details: toDetails(card),
      explanation: cut(explainInclusion(query.where, paper), titleCharsMax),
      excerpt: cut(toPlainText(card.abstract), excerptCharsMax),
      links: toLinks(card),
    };
  } catch {
    return { title: cut(paper.title, titleCharsMax), href, details: '', explanation: '', excerpt: '', links: [] };
  }
}

function toDetails(card: PaperCardView): string {
  const authors = [card.authors.map((author) => author.label).join(', '), card.authorsLabel]
    .filter((part) => part !== '')
    .join(' ');
  const details = [authors, card.published?.label, card.organization?.label, card.upvotesLabel, card.commentsLabel];
  return cut(
    details.filter((detail) => detail !== '' && detail !== undefined && detail !== null).join(' · '),
    titleCharsMax,
  );
}

function toLinks({ links }: PaperCardView): MailLink[] {
  const known: readonly [string, string | null][] = [
    ['arXiv', links.arxiv],
    ['PDF', links.pdf],
    ['Code', links.code],
    ['Project', links.project],
  ];
  return known.flatMap(([label, href]) => (href !== null && href.length <= linkCharsMax ? [{ label, href }] : []));
}

/** Cuts at a word boundary and adds an ellipsis. */
function cut(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  const start = text.slice(0, charactersMax).toWellFormed();
  const space = start.lastIndexOf(' ');
  return `${start.slice(0, space > charactersMax / 2 ? space : charactersMax)}…`;
}
