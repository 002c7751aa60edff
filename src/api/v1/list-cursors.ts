/**
 * Cursor pagination of a list while papers are ingested. A cursor names the state of the list at the first page and the
 * number of hits served since. If the state has changed, the list is read again from its start, without the hits
 * already served. So no paper repeats, and none that stays in the list is missed, whatever the new order. Papers added
 * after the first page are left out. The served hits of each cursor are kept in this process, up to a limit.
 */
import { AppError } from '#core/errors.ts';
import { createLruCache } from '#core/lru-cache.ts';
import type { PaperKey, PaperReader, PaperSearch, SearchHit, SearchRequest, SearchResult } from '#core/ports/papers.ts';

export type ListCursors = {
  /** Returns a page of the list. Throws `bad_request` for a malformed or expired `cursor`. */
  page(
    request: Omit<SearchRequest, 'offset'>,
    cursor: string | null,
  ): Promise<{ readonly result: SearchResult; readonly next: string | null }>;
};

type Request = Omit<SearchRequest, 'offset'>;
/** The store's revision, and the number of indexed papers while the index is built. Equal states give equal lists. */
type State = string;
/** The content of a cursor as the client sends it. */
type CursorToken = { readonly state: State; readonly offset: number };

type Cursor = {
  readonly name: string;
  readonly servedHits: SearchHit[];
  /** Papers with a greater key were added after the first page. */
  readonly keyMax: PaperKey;
  /** The state whose order is read, and the position in it. Hits before the position are served or left out. */
  state: State;
  position: number;
  /** Promise chain: one reader at a time. */
  reading: Promise<unknown>;
};

const cursorsMax = 1_000;
const servedHitsMax = 1_000_000;
/** More papers than any store has. */
const fetchWindowMax = 2 ** 31 - 1;

export function createListCursors(search: PaperSearch, reader: Pick<PaperReader, 'latestKey'>): ListCursors {
  const cursors = createLruCache<Cursor>({
    costOf: (cursor) => cursor.servedHits.length,
    isOver: ({ count, cost }) => count > cursorsMax || cost > servedHitsMax,
  });

  const openCursor = async (
    request: Request,
    limit: number,
  ): Promise<{ readonly cursor: Cursor; readonly result: SearchResult }> => {
    const keyMax = await reader.latestKey();
    const result = await search.search({ ...request, limit, offset: 0 });
    const state = stateOf(result);
    const name = nameOf(state, request);
    const hits = [...result.hits];
    const fresh = { name, servedHits: hits, keyMax, state, position: hits.length, reading: Promise.resolve() };
    const cursor: Cursor = cursors.get(name) ?? fresh;
    cursors.set(name, cursor);
    // Another client opened the cursor with smaller pages.
    if (cursor.servedHits.length < hits.length) await advance(request, cursor, hits.length);
    return { cursor, result };
  };

  /** Queues the readers of a cursor. */
  const advance = async (request: Request, cursor: Cursor, end: number): Promise<SearchResult> => {
    const reading = cursor.reading.then(() => serveUntil(search, request, cursor, end));
    cursor.reading = reading.catch(() => undefined);
    const result = await reading;
    cursors.measure(cursor.name);
    return result;
  };

  const find = async (request: Request, { state, offset }: CursorToken): Promise<Cursor> => {
    const known = cursors.get(nameOf(state, request));
    if (known && known.servedHits.length >= offset) return known;
    // Evicted, or opened by another process. It can be rebuilt if the store has not changed.
    const end = Math.min(offset, await reader.latestKey());
    const { cursor, result } = await openCursor(request, Math.max(1, end));
    if (stateOf(result) !== state || cursor.servedHits.length < end) throw expired();
    return cursor;
  };

  return {
    async page(request, text) {
      if (text === null) {
        const { cursor, result } = await openCursor(request, request.limit);
        const hits = cursor.servedHits.slice(0, result.hits.length);
        const end = hits.length;
        const hasMore = end > 0 && end < result.total + result.partial;
        return {
          result: { ...result, hits },
          next: hasMore ? formatCursor({ state: stateOf(result), offset: end }) : null,
        };
      }
      const token = parseCursor(text);
      const cursor = await find(request, token);
      const end = token.offset + request.limit;
      const last = await advance(request, cursor, end);
      const hits = cursor.servedHits.slice(token.offset, end);
      const hasUnread = cursor.position < last.total + last.partial;
      const hasMore = cursor.servedHits.length > end || (hits.length > 0 && hasUnread);
      return {
        result: { ...last, hits },
        next: hasMore ? formatCursor({ state: token.state, offset: token.offset + hits.length }) : null,
      };
    },
  };
}

/** Searches until `end` hits are served or the list ends. Returns the last search result. */
async function serveUntil(search: PaperSearch, request: Request, cursor: Cursor, end: number): Promise<SearchResult> {
  // At the start of a new order most hits are already served. A concurrent ingest can change the order before each
  // search, so the fetch window doubles until one search suffices.
  for (let fetchWindow = end; ; fetchWindow = Math.min(2 * fetchWindow, fetchWindowMax)) {
    const required = end - cursor.servedHits.length;
    const limit = Math.max(1, cursor.position === 0 ? fetchWindow : required);
    const result = await search.search({ ...request, offset: cursor.position, limit });
    const state = stateOf(result);
    const isNewOrder = state !== cursor.state;
    if (isNewOrder && cursor.position > 0) {
      Object.assign(cursor, { state, position: 0 });
      continue;
    }
    cursor.state = state;
    if (required > 0) serveNewHits(cursor, result.hits, end);
    const isAtEnd = result.hits.length === 0 || cursor.position >= result.total + result.partial;
    if (isAtEnd || cursor.servedHits.length >= end) return result;
  }
}

function serveNewHits(cursor: Cursor, hits: readonly SearchHit[], end: number): void {
  const servedKeys = new Set(cursor.servedHits.map((hit) => hit.key));
  for (const hit of hits) {
    if (cursor.servedHits.length >= end) return;
    cursor.position += 1;
    if (!servedKeys.has(hit.key) && hit.key <= cursor.keyMax) cursor.servedHits.push(hit);
  }
}

const stateOf = ({ revision, indexing }: SearchResult): State =>
  indexing ? `${revision}-${indexing.done}` : String(revision);

const nameOf = (state: State, { where, sort }: Request): string => JSON.stringify([state, sort, where]);

const formatCursor = ({ state, offset }: CursorToken): string =>
  Buffer.from(`${state}.${offset}`).toString('base64url');

function parseCursor(text: string): CursorToken {
  const [, state, offset] =
    /^(\d{1,15}(?:-\d{1,12})?)\.([1-9]\d{0,11})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (state === undefined)
    throw new AppError('bad_request', '“cursor” takes the “next” of an earlier answer.', { parameter: 'cursor' });
  return { state, offset: Number(offset) };
}

const expired = (): AppError =>
  new AppError('bad_request', 'What this “cursor” goes on from is no longer remembered; begin again without it.', {
    parameter: 'cursor',
  });
