/** Asking arXiv until the answer is what it should be. */
import { FetchFailure } from '#core/ports/http-client.ts';
import type { FetchContext } from '#ingest/fetch-source.ts';
import { type FeedEntry, type FeedPage, parseFeed } from './arxiv-feed.ts';
import { BadAnswer } from './xml-scanner.ts';

const triesMax = 5;

/**
 * Asks and reads, again when the answer cannot be read: what is cut, garbled or poisoned now is mostly whole the next time. A request that
 * arXiv refuses, and a server that is down, are failures at once.
 */
export async function fetchArxiv<T>(context: FetchContext, url: URL, read: (body: Uint8Array) => T): Promise<T> {
  let problem = '';
  for (let tries = 0; tries < triesMax; tries++) {
    const answer = await context.get(url, { accept: 'application/xml', signal: context.signal });
    try {
      const value = read(answer.body);
      if (answer.status < 400) return value;
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error;
      problem = error.message;
    }
    if (answer.status >= 400) throw new FetchFailure(`arXiv refuses the request with status ${answer.status}.`);
  }
  throw new FetchFailure(`arXiv gave no usable answer ${triesMax} times: ${problem}`);
}

/**
 * A page of a search. arXiv is known to answer with empty and short pages in the middle of a result, and with an empty result where there
 * is one: such a page is asked for again and what came is put together. A page that stays short by a few is taken; one that stays empty is
 * a failure, never an end. A result that is empty three times is empty.
 */
export async function fetchFeed(
  context: FetchContext,
  url: URL,
  { start, pageItems }: { readonly start: number; readonly pageItems: number },
): Promise<FeedPage> {
  const entries = new Map<string, FeedEntry>();
  let total = 0;
  for (let tries = 0; tries < triesMax; tries++) {
    const page = await fetchArxiv(context, url, parseFeed);
    for (const entry of page.entries) entries.set(entry.raw.id, entry);
    total = Math.max(total, page.total);
    const isWhole = total > start && entries.size >= Math.min(pageItems, total - start);
    if (isWhole || (total === 0 && tries >= 2)) return { total, entries: [...entries.values()] };
  }
  if (entries.size > 0) return { total, entries: [...entries.values()] };
  throw new FetchFailure(
    `arXiv says there are ${total} results and gave an empty page ${triesMax} times, from result ${start + 1} on.`,
  );
}
