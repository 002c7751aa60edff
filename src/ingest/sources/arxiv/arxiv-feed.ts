/** Parses a page of arXiv's search API, an Atom feed. */
import { parseDay } from '#core/day.ts';
import { FetchFailure } from '#core/ports/http-client.ts';
import type { ArxivPaper } from './arxiv-paper.ts';
import { childOf, childrenOf, parseXml, textOf, type XmlNode } from './parse-xml.ts';
import { MalformedResponse } from './xml-scanner.ts';

/** An entry of the feed, not yet validated. Entries are sorted by `submittedAt`. */
export type FeedEntry = { readonly raw: Partial<ArxivPaper> & { readonly id: string }; readonly submittedAt: string };
export type FeedPage = { readonly total: number; readonly entries: readonly FeedEntry[] };

/** Throws a `FetchFailure` with arXiv's message for an error feed, and a `MalformedResponse` for any other body. */
export function parseFeed(body: Uint8Array): FeedPage {
  const feed = childOf(parseXml(body), 'feed');
  if (feed === undefined) throw new MalformedResponse('It is no Atom feed.');
  const entries = childrenOf(feed, 'entry');
  const error = entries.find((entry) => /\/api\/errors/.test(textOf(entry, 'id')));
  if (error !== undefined)
    throw new FetchFailure(`arXiv refuses the request: ${textOf(error, 'summary').slice(0, 200)}.`);
  // arXiv can return an empty entry for an unknown id.
  return {
    total: Number(textOf(feed, 'totalResults')) || 0,
    entries: entries.filter((entry) => textOf(entry, 'title') !== '').map(toEntry),
  };
}

function toEntry(entry: XmlNode): FeedEntry {
  const submittedAt = textOf(entry, 'published');
  const publishedOn = parseDay(submittedAt.slice(0, 10));
  const terms = [...childrenOf(entry, 'primary_category'), ...childrenOf(entry, 'category')].map((category) =>
    textOf(category, '@term'),
  );
  const raw = {
    id: textOf(entry, 'id'),
    title: textOf(entry, 'title'),
    abstract: textOf(entry, 'summary'),
    authors: childrenOf(entry, 'author').map((author) => textOf(author, 'name')),
    ...(publishedOn ? { publishedOn } : {}),
    categories: terms,
    comment: textOf(entry, 'comment'),
    doi: textOf(entry, 'doi'),
  };
  return { raw, submittedAt };
}
