/** Fetches arXiv's RSS feeds: today's announcement of a category, in its order, without replacements. */
import { type Day, parseDay } from '#core/day.ts';
import { monthNumber } from '#core/text/month-names.ts';
import { defineFetchSource, type FetchEvent } from '#ingest/fetch-source.ts';
import { explainMissingBatch } from '#ingest/schedule/listing-calendar.ts';
import { type ArxivPaper, arxivAddress, toArxivEvent } from './arxiv-paper.ts';
import { fetchArxiv } from './arxiv-request.ts';
import { childOf, childrenOf, parseXml, textOf, type XmlNode } from './parse-xml.ts';
import { MalformedResponse } from './xml-scanner.ts';

export type ArxivRssOptions = { readonly categories: readonly string[] };

export const arxivRss = defineFetchSource<ArxivRssOptions>({
  name: 'arxiv',
  async *fetch(context, { categories }): AsyncGenerator<FetchEvent> {
    // Fetch one category at a time, because a combined feed hides that one of them is stale.
    for (const category of categories) {
      const url = new URL(`${arxivAddress(context.endpoint, 'rss')}/${encodeURIComponent(category)}`);
      const feed = await fetchArxiv(context, url, (body) => parseRss(body, category));
      for (const raw of feed.papers) yield toArxivEvent(raw, raw.id ?? category, context.now());
      if (feed.day) yield { kind: 'day', day: feed.day, items: feed.papers.length, reason: explainEmptyFeed(feed) };
    }
    yield { kind: 'checkpoint', cursor: null, seen: [] };
  },
});

type RssFeed = { readonly day: Day | null; readonly papers: readonly Partial<ArxivPaper>[] };

/** Returns the announcement. Its day is the date as printed, which is in Eastern Time already. */
export function parseRss(body: Uint8Array, category: string): RssFeed {
  const channel = childOf(parseXml(body), 'rss', 'channel');
  if (channel === undefined) throw new MalformedResponse('It is no RSS feed.');
  const day = parseRssDay(textOf(channel, 'pubDate'));
  const items = childrenOf(channel, 'item').filter((item) => !/^replace/.test(textOf(item, 'announce_type')));
  return { day, papers: items.map((item, i) => toPaper(item, category, i + 1, day)) };
}

function toPaper(item: XmlNode, category: string, position: number, feedDay: Day | null): Partial<ArxivPaper> {
  const day = parseRssDay(textOf(item, 'pubDate')) ?? feedDay;
  const [head = '', ...rest] = textOf(item, 'description').split(/\bAbstract:\s*/);
  const versioned = /arXiv:\S+v\d+/i.exec(head)?.[0];
  return {
    id: versioned ?? textOf(item, 'link'),
    title: textOf(item, 'title'),
    abstract: rest.join('Abstract: '),
    authors: textOf(item, 'creator').replace(/\s+/g, ' ').split(/ ?, /),
    categories: childrenOf(item, 'category').map((node) => textOf(node)),
    comment: '',
    doi: textOf(item, 'DOI'),
    ...(day ? { listing: { source: `arxiv:${category}`, day, position } } : {}),
  };
}

/** `Mon, 17 Nov 2025 00:00:00 -0500` → `2025-11-17`. */
function parseRssDay(text: string): Day | null {
  const [, day = '', name = '', year = ''] = /(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})/.exec(text) ?? [];
  return parseDay(`${year}-${String(monthNumber(name)).padStart(2, '0')}-${day.padStart(2, '0')}`);
}

function explainEmptyFeed({ day, papers }: RssFeed): string | null {
  if (papers.length > 0 || !day) return null;
  return explainMissingBatch('arxiv', day) ?? 'arXiv announced no new papers in this category.';
}
