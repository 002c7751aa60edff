/** Markdown: a list for notes, with formulas as `$…$`. */
import type { TexPart } from '#core/text/tex.ts';
import { plainCardContext, toPaperCard } from '#view/paper/paper-card.ts';
import { toReadableParts } from '#view/text/readable-text.ts';
import { defineFormat } from './shared/format.ts';
import { isHarmlessTex } from './shared/harmless-tex.ts';
import { linkUrl, originUrl, pdfUrl } from './shared/paper-urls.ts';

export const markdown = defineFormat({
  extension: 'md',
  contentType: 'text/markdown; charset=utf-8; variant=GFM',
  label: 'Markdown',
  kind: 'export',
  separator: '',
  head: (list) => `# ${escapeMarkdown(list.title)}\n\n${escapeMarkdown(list.description)} · <${list.pageUrl}>\n\n`,
  item: ({ paper, url }) => {
    const card = toPaperCard(paper, plainCardContext);
    const names = paper.authors.length > 0 ? paper.authors.join(', ') : card.authorsLabel;
    const metadata = [names, card.organization?.label, card.published?.label, card.commentsLabel].filter(Boolean);
    const links = [
      ['arXiv', paper.arxivId === null ? null : originUrl(paper)],
      ['PDF', pdfUrl(paper)],
      ['Code', linkUrl(paper, 'code')],
      ['Project', linkUrl(paper, 'project')],
    ] as const;
    const written = links.flatMap(([label, href]) => (href === null ? [] : `[${label}](<${toTarget(href)}>)`));
    const rest = [...metadata.map((label) => toMarkdown(label ?? '')), ...written].join(' · ');
    return `- [${toMarkdown(paper.title)}](<${toTarget(url)}>)${rest === '' ? '' : ` · ${rest}`}\n`;
  },
  tail: () => '',
});

/** Escapes a source's text for Markdown. Formulas stay TeX. */
export function toMarkdown(text: string): string {
  return toReadableParts(text).map(toPart).join('');
}

/** Markdown ends a formula at the next dollar sign, and some renderers pass it to TeX, so it must be safe there. */
function toPart(part: TexPart): string {
  const tex = part.kind === 'formula' ? part.tex.trim() : '';
  const isFormula = tex !== '' && !/[$`\n]|\\$|(?<!\\)%/.test(tex) && isHarmlessTex(tex);
  return isFormula ? `$${tex}$` : escapeMarkdown(part.text);
}

/** Escapes text that does not begin a line. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~$&]/g, '\\$&');
}

const toTarget = (url: string): string => url.replace(/[<>\\\s]/g, (sign) => encodeURIComponent(sign));
