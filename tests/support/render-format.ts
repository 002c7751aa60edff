/** Renders papers as a whole document in one format. */
import type { Paper } from '#core/paper.ts';
import { createBibtexKeys } from '#formats/bibtex.ts';
import type { Format, ListHead } from '#formats/shared/format.ts';
import { latestUpdate, toEntry } from '#formats/shared/to-entry.ts';

const siteUrl = 'https://digest.example';

export function renderFormat(format: Format, papers: readonly Paper[], overrides: Partial<ListHead> = {}): string {
  const keyFor = createBibtexKeys();
  const entries = papers.map((paper) => toEntry(paper, siteUrl, keyFor(paper)));
  const self = `${siteUrl}/feeds/papers.${format.extension}`;
  const head: ListHead = {
    title: 'Code generation · Paper Digest',
    description: `${papers.length} papers`,
    id: 'tag:digest.example,2025:papers?tag=code-generation',
    siteUrl,
    pageUrl: `${siteUrl}/papers?tag=code-generation`,
    selfUrl: self,
    updatedAt: latestUpdate(entries),
    first: self,
    previous: null,
    next: null,
    last: self,
    ...overrides,
  };
  return format.head(head) + entries.map(format.item).join(format.separator) + format.tail(head);
}
