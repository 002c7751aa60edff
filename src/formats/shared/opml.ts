/** OPML 2.0: the feeds of all topics, for import into a feed reader. */
import type { TagSlug } from '#core/paper.ts';
import { toQuery } from '#query/edit-query.ts';
import { hrefOf } from '#query/format-query.ts';
import { feedPath } from '#view/paths.ts';
import type { TagListItemView, TagListView } from '#view/tag-list-view.ts';
import { element, escapeXml } from './xml.ts';

export const opmlType = 'text/x-opml; charset=utf-8';

export function renderOpml({ groups }: TagListView, siteUrl: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
${element('title', {}, 'Topics · Paper Digest')}
</head>
<body>
${groups.map(({ label, tags }) => `<outline text="${escapeXml(label)}">\n${tags.map((tag) => toOutline(tag, siteUrl)).join('\n')}\n</outline>`).join('\n')}
</body>
</opml>
`;
}

/** In OPML the type is `rss` for every kind of feed. */
function toOutline({ label, slug, href }: TagListItemView, siteUrl: string): string {
  const query = toQuery([{ kind: 'tag', slug: slug as TagSlug }]);
  const xmlUrl = `${siteUrl}${hrefOf(feedPath('atom'), query)}`;
  return element('outline', { type: 'rss', text: label, title: label, xmlUrl, htmlUrl: `${siteUrl}${href}` });
}
