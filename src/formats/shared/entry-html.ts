/** Renders a feed entry: metadata, abstract and links, as well-formed HTML and XHTML. */

import { plainCardContext, toPaperCard } from '#view/paper/paper-card.ts';
import { type Segment, toSegments } from '#view/text/text-segments.ts';
import type { Entry } from './format.ts';
import { dropNonXml, element, escapeXml } from './xml.ts';

export function renderEntryHtml({ paper }: Entry): string {
  const card = toPaperCard(paper, plainCardContext);
  const names = paper.authors.length > 0 ? paper.authors.join(', ') : card.authorsLabel;
  const published = card.published && `published ${card.published.label}`;
  const listed = card.listed && `listed ${card.listed.label}`;
  const metadata = [
    names,
    card.organization?.label,
    published,
    listed,
    card.upvotesLabel,
    card.commentsLabel,
    paper.comment,
  ].filter(Boolean);
  const links = [
    ['arXiv', card.links.arxiv],
    ['PDF', card.links.pdf],
    ['Code', card.links.code],
    ['Project', card.links.project],
  ] as const;
  const anchors = links.flatMap(([label, href]) => (href === null ? [] : element('a', { href }, label)));
  return [
    paragraph(paper.withdrawn ? '<strong>Withdrawn.</strong>' : ''),
    paragraph(escapeXml(metadata.join(' · '))),
    paragraph(toMarkup(toSegments(paper.abstract))),
    paragraph(anchors.join(' · ')),
  ].join('');
}

const paragraph = (markup: string): string => (markup === '' ? '' : `<p>${markup}</p>`);

function toMarkup(segments: readonly Segment[]): string {
  return segments
    .map((segment) => (segment.kind === 'math' ? dropNonXml(segment.mathml) : escapeXml(segment.text)))
    .join('');
}
