/** Renders one paper as Markdown, for notes and for programs. */
import type { Paper } from '#core/paper.ts';
import { renderBibtex } from '#formats/bibtex.ts';
import { toMarkdown } from '#formats/markdown.ts';
import { paperPath } from '#view/paths.ts';
import { linkUrl, originUrl, pdfUrl } from './paper-urls.ts';

/** Formulas stay TeX between dollar signs. */
export function renderPaperMarkdown(paper: Paper, siteUrl: string): string {
  const properties = toProperties(paper, siteUrl).flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : []));
  const sections = [
    `# ${toMarkdown(paper.title)}`,
    properties.join('\n'),
    paper.abstract === '' ? '' : `## Abstract\n\n${toParagraph(paper.abstract)}`,
    paper.comment === null ? '' : `## The authors add\n\n${toParagraph(paper.comment)}`,
    `## Cite\n\n\`\`\`bibtex\n${renderBibtex([paper]).trimEnd()}\n\`\`\``,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function toProperties(paper: Paper, siteUrl: string): readonly (readonly [string, string | null])[] {
  const names = paper.authors.map(toMarkdown).join(', ');
  const days = paper.listings.map(({ day }) => day).sort();
  const labels = paper.tags.map(({ label }) => toMarkdown(label)).join(', ');
  return [
    ['Authors', names || (paper.authorCount === null ? null : String(paper.authorCount))],
    ['Organisation', paper.organization && toMarkdown(paper.organization)],
    ['Published', paper.publishedOn],
    ['Listed', [...new Set(days)].join(', ')],
    ['Topics', labels],
    ['Upvotes', paper.upvotes === null ? null : String(paper.upvotes)],
    ['Comments', paper.commentCount === null ? null : String(paper.commentCount)],
    ['Source', toLink(originUrl(paper))],
    ['PDF', toLink(pdfUrl(paper))],
    ['Code', toLink(linkUrl(paper, 'code'))],
    ['Project page', toLink(linkUrl(paper, 'project'))],
    ['Page', toLink(`${siteUrl}${paperPath(paper.id)}`)],
  ];
}

const toLink = (url: string | null): string | null =>
  url && `<${url.replace(/[<>\\\s]/g, (sign) => encodeURIComponent(sign))}>`;

/** Escapes characters that begin a list or a rule at the start of a line. */
const toParagraph = (text: string): string => toMarkdown(text).replace(/^(?:([-+=])|(\d+)([.)]))/, '$2\\$1$3');
