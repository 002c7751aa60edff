/** RIS, the line format of reference managers: one tag a line. */
import type { Paper } from '#core/paper.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { toFamilyFirst } from './shared/author-name.ts';
import { defineFormat } from './shared/format.ts';
import { doiOf, linkUrl, originUrl, pdfUrl } from './shared/paper-urls.ts';

export const ris = defineFormat({
  extension: 'ris',
  // Reference managers accept `application/x-…` too, but servers do not compress it.
  contentType: 'text/x-research-info-systems; charset=utf-8',
  label: 'RIS',
  kind: 'export',
  separator: '',
  head: () => '',
  item: ({ paper }) => `${toTags(paper).map(toLine).join('')}ER  - \r\n\r\n`,
  tail: () => '',
});

/** Omits empty fields. */
function toLine([tag, text]: readonly [string, string | null]): string {
  const line = text?.replace(/\s+/g, ' ').trim();
  return line ? `${tag}  - ${line}\r\n` : '';
}

/** RIS has no type for preprints. UNPB (unpublished work) is the nearest that keeps number and address. */
function toTags(paper: Paper): (readonly [string, string | null])[] {
  const { arxivId, publishedOn } = paper;
  return [
    ['TY', 'UNPB'],
    ['TI', toReadableText(paper.title)],
    ...paper.authors.map((name) => ['AU', toFamilyFirst(name)] as const),
    ['PY', publishedOn?.slice(0, 4) ?? null],
    ['DA', publishedOn && toDate(publishedOn)],
    ['AB', toReadableText(paper.abstract)],
    ...paper.tags.map(({ label }) => ['KW', toReadableText(label)] as const),
    ['PB', arxivId && 'arXiv'],
    ['M1', arxivId && `arXiv:${arxivId}`],
    ['N1', paper.comment && toReadableText(paper.comment)],
    ['DO', doiOf(paper)],
    ['UR', originUrl(paper)],
    ['L1', pdfUrl(paper)],
    ['L2', linkUrl(paper, 'code')],
  ];
}

/** `2024/05/23/`, or `2019///` when only the year is known. */
function toDate(date: string): string {
  const [year, month = '', day = ''] = date.split('-');
  return `${year}/${month}/${day}/`;
}
