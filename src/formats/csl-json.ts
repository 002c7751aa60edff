/** CSL-JSON, the lossless format of citation processors (Zotero, pandoc, citeproc). */
import type { Paper } from '#core/paper.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { splitName } from './shared/author-name.ts';
import { defineFormat, type Entry } from './shared/format.ts';
import { doiOf, originUrl } from './shared/paper-urls.ts';

export const cslJson = defineFormat({
  extension: 'csl.json',
  contentType: 'application/vnd.citationstyles.csl+json; charset=utf-8',
  label: 'CSL-JSON',
  kind: 'export',
  hasCitationKeys: true,
  separator: ',\n',
  head: () => '[\n',
  item: (entry) => JSON.stringify(toItem(entry)),
  tail: () => '\n]\n',
});

function toItem({ paper, citationKey }: Entry) {
  const { arxivId } = paper;
  const fields = {
    id: citationKey,
    // CSL 1.0.2: a preprint is an `article` without a journal.
    type: 'article',
    title: toReadableText(paper.title),
    author: paper.authors.length === 0 ? null : paper.authors.map(splitName),
    issued: paper.publishedOn && { 'date-parts': [paper.publishedOn.split('-').map(Number)] },
    abstract: toReadableText(paper.abstract) || null,
    number: arxivId && `arXiv:${arxivId}`,
    publisher: arxivId && 'arXiv',
    keyword: toKeywords(paper),
    note: paper.comment && toReadableText(paper.comment),
    DOI: doiOf(paper),
    URL: originUrl(paper),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function toKeywords({ tags }: Paper): string | null {
  return tags.length === 0 ? null : tags.map(({ label }) => toReadableText(label)).join(', ');
}
