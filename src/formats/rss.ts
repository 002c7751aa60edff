/** RSS 2.0, with Dublin Core `creator` elements and Atom `link` elements for paging. */
import { parseDay, weekday } from '#core/day.ts';
import { monthNames } from '#core/text/month-names.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { pageLinks } from './atom.ts';
import { renderEntryHtml } from './shared/entry-html.ts';
import { defineFormat, type Entry } from './shared/format.ts';
import { element } from './shared/xml.ts';

export const rss = defineFormat({
  extension: 'rss',
  contentType: 'application/rss+xml; charset=utf-8',
  label: 'RSS',
  kind: 'feed',
  separator: '',
  head: (list) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
${[
  element('title', {}, list.title),
  element('link', {}, list.pageUrl),
  element('description', {}, list.description),
  element('lastBuildDate', {}, toMailDate(list.updatedAt)),
  element('generator', {}, 'Paper Digest'),
  ...pageLinks(list).map(([rel, href]) => element('atom:link', { rel, type: 'application/rss+xml', href })),
].join('\n')}
`,
  item: (entry) => `<item>\n${toElements(entry).join('\n')}\n</item>\n`,
  tail: () => '</channel>\n</rss>\n',
});

function toElements(entry: Entry): string[] {
  const { paper } = entry;
  return [
    element('title', {}, toReadableText(paper.title)),
    element('link', {}, entry.url),
    element('guid', { isPermaLink: 'false' }, entry.feedId),
    element('pubDate', {}, toMailDate(entry.updatedAt)),
    ...paper.authors.map((name) => element('dc:creator', {}, toReadableText(name))),
    ...paper.tags.map(({ label }) => element('category', {}, toReadableText(label))),
    element('description', {}, renderEntryHtml(entry)),
  ];
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Formats a time in UTC as `Tue, 16 Dec 2025 00:00:00 GMT` (RFC 822 with a four-digit year). */
function toMailDate(time: string): string {
  const day = parseDay(time.slice(0, 10));
  const name = day ? `${weekdays[weekday(day) - 1]}, ` : '';
  return `${name}${time.slice(8, 10)} ${monthNames[Number(time.slice(5, 7)) - 1]?.slice(0, 3)} ${time.slice(0, 4)} ${time.slice(11, 19)} GMT`;
}
