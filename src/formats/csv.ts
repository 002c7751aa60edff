/** CSV (RFC 4180), safe against formula injection in spreadsheets. */
import type { Paper, Tag } from '#core/paper.ts';
import { defineFormat, type Entry } from './shared/format.ts';
import { linkUrl, originUrl, pdfUrl } from './shared/paper-urls.ts';

type Column = readonly [name: string, value: (entry: Entry) => string | number | null];

const separator = '; ';

const labels = ({ tags }: Paper, kind: Tag['kind']): string =>
  tags.flatMap((tag) => (tag.kind === kind ? tag.label : [])).join(separator);

const columns: readonly Column[] = [
  ['id', ({ paper }) => paper.id],
  ['title', ({ paper }) => paper.title],
  ['authors', ({ paper }) => paper.authors.join(separator)],
  ['author_count', ({ paper }) => paper.authorCount],
  ['organization', ({ paper }) => paper.organization],
  ['published_on', ({ paper }) => paper.publishedOn],
  ['listed_on', ({ paper }) => [...new Set(paper.listings.map((listing) => listing.day))].sort().join(separator)],
  ['upvotes', ({ paper }) => paper.upvotes],
  ['comments', ({ paper }) => paper.commentCount],
  ['topics', ({ paper }) => labels(paper, 'topic')],
  ['categories', ({ paper }) => labels(paper, 'category')],
  ['keywords', ({ paper }) => labels(paper, 'keyword')],
  ['url', ({ url }) => url],
  ['source_url', ({ paper }) => originUrl(paper)],
  ['pdf_url', ({ paper }) => pdfUrl(paper)],
  ['code_url', ({ paper }) => linkUrl(paper, 'code')],
  ['project_url', ({ paper }) => linkUrl(paper, 'project')],
  ['abstract', ({ paper }) => paper.abstract],
];

export const csv = defineFormat({
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  label: 'CSV',
  kind: 'export',
  separator: '',
  head: () => line(columns.map(([name]) => name)),
  item: (entry) => line(columns.map(([, value]) => value(entry))),
  tail: () => '',
});

function line(values: readonly (string | number | null)[]): string {
  return `${values.map(cell).join()}\r\n`;
}

/**
 * Prefixes text that a spreadsheet would run with an apostrophe, the marker of text cells. Text with leading
 * apostrophes before a formula gets one more, so removing one always restores the text.
 */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
