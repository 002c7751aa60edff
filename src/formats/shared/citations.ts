/** Renders references of papers as BibTeX, RIS or CSL-JSON. */
import type { Paper } from '#core/paper.ts';
import { bibtex, createBibtexKeys } from '#formats/bibtex.ts';
import { cslJson } from '#formats/csl-json.ts';
import { ris } from '#formats/ris.ts';
import type { Format, ListHead } from './format.ts';
import { toEntry } from './to-entry.ts';

export const citationForms = ['bibtex', 'ris', 'csl-json'] as const;
export type CitationForm = (typeof citationForms)[number];

const formats: Readonly<Record<CitationForm, Format>> = { bibtex, ris, 'csl-json': cslJson };

/** Citation keys are unique within the result. */
export function renderCitations(papers: readonly Paper[], form: CitationForm, siteUrl: string): string {
  const format = formats[form];
  const keyFor = createBibtexKeys();
  const list: ListHead = {
    title: 'References',
    description: '',
    id: siteUrl,
    siteUrl,
    pageUrl: siteUrl,
    selfUrl: siteUrl,
    updatedAt: '1970-01-01T00:00:00Z',
    first: siteUrl,
    previous: null,
    next: null,
    last: siteUrl,
  };
  const items = papers.map((paper) => format.item(toEntry(paper, siteUrl, keyFor(paper))));
  return `${format.head(list)}${items.join(format.separator)}${format.tail(list)}`;
}
