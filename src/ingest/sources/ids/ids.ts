/** Reads a list of arXiv ids or URLs and fetches their papers from arXiv. */
import { parseArxivId } from '#core/arxiv-id.ts';
import { defineFetchSource, type FetchContext, type FetchEvent } from '#ingest/fetch-source.ts';
import type { Rejection } from '#ingest/source.ts';
import { type FeedEntry, parseFeed } from '#ingest/sources/arxiv/arxiv-feed.ts';
import { arxivAddress, toArxivEvent } from '#ingest/sources/arxiv/arxiv-paper.ts';
import { fetchArxiv } from '#ingest/sources/arxiv/arxiv-request.ts';

export type IdsOptions = { readonly text: string };

const batchItems = 100;
const attemptsMax = 3;

export const ids = defineFetchSource<IdsOptions>({
  name: 'arxiv',
  async *fetch(context, { text }): AsyncGenerator<FetchEvent> {
    const parsed = parseIdList(text);
    for (const rejection of parsed.rejected) yield { kind: 'rejected', rejection };
    const idList = [...parsed.ids.keys()];
    const start = Number(context.cursor) || 0;
    for (let at = start; at < idList.length; at += batchItems) {
      const batch = idList.slice(at, at + batchItems);
      const found = await fetchIds(context, batch);
      for (const id of batch) {
        const entry = found.get(id);
        if (entry) yield toArxivEvent(entry.raw, id, context.now());
        else
          yield {
            kind: 'rejected',
            rejection: { where: `${id}, ${parsed.ids.get(id)}`, reason: 'arXiv knows no paper with this id' },
          };
      }
      const done = Math.min(at + batchItems, idList.length);
      yield { kind: 'progress', done, total: idList.length, unit: 'items' };
      yield { kind: 'checkpoint', cursor: done < idList.length ? String(done) : null, seen: [] };
    }
  },
});

/**
 * Returns the ids in order, each with the line of its first occurrence. A `#` begins a comment.
 * A line may contain other words beside an id, as reading lists do.
 * Rejects lines without an id, and words that look like an id and are not valid.
 */
export function parseIdList(text: string): {
  readonly ids: ReadonlyMap<string, string>;
  readonly rejected: readonly Rejection[];
} {
  const found = new Map<string, string>();
  const rejected: Rejection[] = [];
  for (const [i, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    const where = `line ${i + 1}`;
    const words = wordsOf(line).map((word) => ({ word, id: parseArxivId(word)?.id }));
    const hasId = words.some(({ id }) => id !== undefined);
    const wrong = words.filter(({ word, id }) => id === undefined && (!hasId || looksLikeId.test(word)));
    for (const { id } of words) if (id !== undefined && !found.has(id)) found.set(id, where);
    const unreadable =
      hasId || words.length === 1 ? wrong.map(({ word }) => word) : words.length > 1 ? [line.trim()] : [];
    for (const excerpt of unreadable)
      rejected.push({ where, reason: `“${excerpt.slice(0, 80)}” is no arXiv id and no address of one` });
  }
  return { ids: found, rejected };
}

const looksLikeId = /\d{4}\.\d|\/\d{5}|arxiv/i;

/** Returns a line's words without comment, brackets, quotes, list markers and punctuation. */
function wordsOf(line: string): string[] {
  return line
    .replace(/(?:^|\s)#[\s\S]*$/, '')
    .replace(/\barxiv:\s+/gi, 'arXiv:')
    .split(/[\s,;<>()[\]{}"'“”‘’`|]+/)
    .map((word) => word.replace(/(?<![.:])[.:]+$/, ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Requests ids that are missing from the response again, because arXiv sometimes omits entries. */
async function fetchIds(context: FetchContext, batch: readonly string[]): Promise<ReadonlyMap<string, FeedEntry>> {
  const found = new Map<string, FeedEntry>();
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const missing = batch.filter((id) => !found.has(id));
    if (missing.length === 0) break;
    const url = new URL(arxivAddress(context.endpoint, 'query'));
    url.searchParams.set('id_list', missing.join(','));
    url.searchParams.set('max_results', String(missing.length));
    for (const entry of (await fetchArxiv(context, url, parseFeed)).entries) {
      const id = parseArxivId(entry.raw.id)?.id;
      if (id !== undefined) found.set(id, entry);
    }
  }
  return found;
}
