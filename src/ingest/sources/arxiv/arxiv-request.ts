/** Fetches from arXiv and retries malformed responses. */
import { FetchFailure } from '#core/ports/http-client.ts';
import type { FetchContext } from '#ingest/fetch-source.ts';
import { type FeedEntry, type FeedPage, parseFeed } from './arxiv-feed.ts';
import { MalformedResponse } from './xml-scanner.ts';

const attemptsMax = 5;

/**
 * Fetches a URL and parses the response. Retries a malformed response, because truncation is usually transient.
 * An error status or an unreachable server is a failure at once.
 */
export async function fetchArxiv<T>(context: FetchContext, url: URL, read: (body: Uint8Array) => T): Promise<T> {
  let lastError = '';
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const response = await context.get(url, { accept: 'application/xml', signal: context.signal });
    try {
      const value = read(response.body);
      if (response.status < 400) return value;
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      lastError = error.message;
    }
    if (response.status >= 400) throw new FetchFailure(`arXiv refuses the request with status ${response.status}.`);
  }
  throw new FetchFailure(`arXiv gave no usable answer ${attemptsMax} times: ${lastError}`);
}

/**
 * Fetches a page of a search. arXiv sometimes returns empty or short pages in the middle of a result.
 * Retries such a page and collects the entries of all attempts. Accepts a page that stays short.
 * A page that stays empty is a failure, never the end of the result. A result that is empty three times is empty.
 */
export async function fetchFeed(
  context: FetchContext,
  url: URL,
  { start, pageItems }: { readonly start: number; readonly pageItems: number },
): Promise<FeedPage> {
  const entries = new Map<string, FeedEntry>();
  let total = 0;
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const page = await fetchArxiv(context, url, parseFeed);
    for (const entry of page.entries) entries.set(entry.raw.id, entry);
    total = Math.max(total, page.total);
    const isWhole = total > start && entries.size >= Math.min(pageItems, total - start);
    if (isWhole || (total === 0 && attempt >= 2)) return { total, entries: [...entries.values()] };
  }
  if (entries.size > 0) return { total, entries: [...entries.values()] };
  throw new FetchFailure(
    `arXiv says there are ${total} results and gave an empty page ${attemptsMax} times, from result ${start + 1} on.`,
  );
}
