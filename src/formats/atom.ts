/** Atom 1.0 (RFC 4287) with paged feeds (RFC 5005). */

import { tagsPath } from '#view/paths.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { renderEntryHtml } from './shared/entry-html.ts';
import { defineFormat, type Entry, type ListHead } from './shared/format.ts';
import { linkUrl, originUrl, pdfUrl } from './shared/paper-urls.ts';
import { element } from './shared/xml.ts';

const type = 'application/atom+xml';

export const atom = defineFormat({
  extension: 'atom',
  contentType: `${type}; charset=utf-8`,
  label: 'Atom',
  kind: 'feed',
  separator: '',
  head: (list) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
${lines([
  element('id', {}, list.id),
  element('title', {}, list.title),
  element('subtitle', {}, list.description),
  element('updated', {}, list.updatedAt),
  // Atom requires an author. Entries without authors inherit this one.
  `<author>${element('name', {}, 'Paper Digest')}</author>`,
  element('generator', { uri: list.siteUrl }, 'Paper Digest'),
  element('link', { rel: 'alternate', type: 'text/html', href: list.pageUrl }),
  ...pageLinks(list).map(([rel, href]) => element('link', { rel, type, href })),
])}`,
  item: (entry) => `<entry>\n${lines(toElements(entry))}</entry>\n`,
  tail: () => '</feed>\n',
});

/** Returns link relations and addresses of the existing pages. */
export function pageLinks({ selfUrl, first, previous, next, last }: ListHead): (readonly [string, string])[] {
  const links = [
    ['self', selfUrl],
    ['first', first],
    ['previous', previous],
    ['next', next],
    ['last', last],
  ] as const;
  return links.flatMap(([rel, href]) => (href === null ? [] : [[rel, href] as const]));
}

function toElements(entry: Entry): (string | null)[] {
  const { paper, url } = entry;
  const related = (title: string, href: string | null, mime = 'text/html') =>
    href && element('link', { rel: 'related', type: mime, title, href });
  const origin = originUrl(paper);
  return [
    element('id', {}, entry.feedId),
    element('title', {}, toReadableText(paper.title)),
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
    related(paper.arxivId === null ? 'Source' : 'arXiv', origin),
    related('PDF', pdfUrl(paper), 'application/pdf'),
    related('Code', linkUrl(paper, 'code')),
    related('Project', linkUrl(paper, 'project')),
    entry.publishedAt && element('published', {}, entry.publishedAt),
    element('updated', {}, entry.updatedAt),
    ...paper.authors.map((name) => `<author>${element('name', {}, toReadableText(name))}</author>`),
    ...paper.tags.map(({ slug, label }) =>
      element('category', { term: slug, label: toReadableText(label), scheme: `${new URL(tagsPath, url).href}/` }),
    ),
    `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${renderEntryHtml(entry)}</div></content>`,
  ];
}

const lines = (parts: readonly (string | null)[]): string =>
  parts.flatMap((part) => (part === null ? [] : `${part}\n`)).join('');
