/** JSON Feed 1.1. */

import { toReadableText } from '#view/text/readable-text.ts';
import { renderEntryHtml } from './shared/entry-html.ts';
import { defineFormat, type Entry } from './shared/format.ts';
import { originUrl } from './shared/paper-urls.ts';

export const jsonFeed = defineFormat({
  extension: 'json',
  contentType: 'application/feed+json; charset=utf-8',
  label: 'JSON Feed',
  kind: 'feed',
  separator: ',\n',
  head: (list) => {
    const next = list.next === null ? {} : { next_url: list.next };
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: list.title,
      description: list.description,
      home_page_url: list.pageUrl,
      feed_url: list.selfUrl,
      ...next,
    };
    return `${JSON.stringify(feed).slice(0, -1)},"items":[\n`;
  },
  item: (entry) => JSON.stringify(toItem(entry)),
  tail: () => '\n]}\n',
});

function toItem(entry: Entry) {
  const { paper } = entry;
  const origin = originUrl(paper);
  return {
    id: entry.feedId,
    url: entry.url,
    ...(origin === null ? {} : { external_url: origin }),
    title: toReadableText(paper.title),
    content_html: renderEntryHtml(entry),
    ...(entry.publishedAt === null ? {} : { date_published: entry.publishedAt }),
    date_modified: entry.updatedAt,
    ...(paper.authors.length === 0 ? {} : { authors: paper.authors.map((name) => ({ name: toReadableText(name) })) }),
    ...(paper.tags.length === 0 ? {} : { tags: paper.tags.map(({ label }) => toReadableText(label)) }),
  };
}
