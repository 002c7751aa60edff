/**
 * Lists that are read page by page while papers come in. A cursor names the state of the list at the first page and how many papers
 * were handed out since; while the state stays that is a place in the list. When it has moved, the list is read from its beginning
 * and what was handed out is passed over: no paper comes twice, whatever became of the order, and none that stays in the list is
 * missed. Papers that were added after the first page are left out. What was handed out is remembered by this process, up to a limit.
 */
import { AppError } from '#core/errors.ts';
import { createLruCache } from '#core/lru-cache.ts';
import type { PaperKey, PaperReader, PaperSearch, SearchHit, SearchRequest, SearchResult } from '#core/ports/papers.ts';

export type ListCursors = {
  /** A page of the list; a `cursor` that leads nowhere throws `bad_request`. */
  page(
    request: Omit<SearchRequest, 'offset'>,
    cursor: string | null,
  ): Promise<{ readonly result: SearchResult; readonly next: string | null }>;
};

type Request = Omit<SearchRequest, 'offset'>;
/** The store's revision, and while the index is built the number of papers in it: a list of the same state is the same list. */
type State = string;
type Cursor = { readonly state: State; readonly offset: number };

type Walk = {
  readonly name: string;
  /** What was handed out, in order. */
  readonly hits: SearchHit[];
  /** No paper was added since whose key is not above it. */
  readonly keyMax: PaperKey;
  /** The state whose order is being read, and the place in it; everything before was handed out or is left out. */
  state: State;
  position: number;
  /** Ends when the last one who read on has done so. */
  reading: Promise<unknown>;
};

const walksMax = 1_000;
const rememberedHitsMax = 1_000_000;
/** More papers than any store has. */
const reachMax = 2 ** 31 - 1;

export function createListCursors(search: PaperSearch, reader: Pick<PaperReader, 'latestKey'>): ListCursors {
  const walks = createLruCache<Walk>({
    costOf: (walk) => walk.hits.length,
    isOver: ({ count, cost }) => count > walksMax || cost > rememberedHitsMax,
  });

  const begin = async (
    request: Request,
    limit: number,
  ): Promise<{ readonly walk: Walk; readonly result: SearchResult }> => {
    const keyMax = await reader.latestKey();
    const result = await search.search({ ...request, limit, offset: 0 });
    const state = stateOf(result);
    const name = nameOf(state, request);
    const hits = [...result.hits];
    const walk = walks.get(name) ?? { name, hits, keyMax, state, position: hits.length, reading: Promise.resolve() };
    walks.set(name, walk);
    // It was begun with smaller pages.
    if (walk.hits.length < hits.length) await goOn(request, walk, hits.length);
    return { walk, result };
  };

  /** One reader of a walk after the other. */
  const goOn = async (request: Request, walk: Walk, end: number): Promise<SearchResult> => {
    const reading = walk.reading.then(() => readOn(search, request, walk, end));
    walk.reading = reading.catch(() => undefined);
    const result = await reading;
    walks.measure(walk.name);
    return result;
  };

  const find = async (request: Request, { state, offset }: Cursor): Promise<Walk> => {
    const known = walks.get(nameOf(state, request));
    if (known && known.hits.length >= offset) return known;
    // Forgotten, or another process's: as good as known while the store has not changed.
    const end = Math.min(offset, await reader.latestKey());
    const { walk, result } = await begin(request, Math.max(1, end));
    if (stateOf(result) !== state || walk.hits.length < end) throw expired();
    return walk;
  };

  return {
    async page(request, text) {
      if (text === null) {
        const { walk, result } = await begin(request, request.limit);
        const hits = walk.hits.slice(0, result.hits.length);
        const end = hits.length;
        const hasMore = end > 0 && end < result.total + result.partial;
        return {
          result: { ...result, hits },
          next: hasMore ? formatCursor({ state: stateOf(result), offset: end }) : null,
        };
      }
      const cursor = parseCursor(text);
      const walk = await find(request, cursor);
      const end = cursor.offset + request.limit;
      const last = await goOn(request, walk, end);
      const hits = walk.hits.slice(cursor.offset, end);
      const hasMore = walk.hits.length > end || (hits.length > 0 && walk.position < last.total + last.partial);
      return {
        result: { ...last, hits },
        next: hasMore ? formatCursor({ state: cursor.state, offset: cursor.offset + hits.length }) : null,
      };
    },
  };
}

/** Until `end` papers were handed out, or there are no more; answers what the last search said of the list as a whole. */
async function readOn(search: PaperSearch, request: Request, walk: Walk, end: number): Promise<SearchResult> {
  // From the beginning of a new order nearly all that comes first was handed out. Where the order is new again at each look, because
  // papers come in all the time, each look goes farther, until one is enough.
  for (let reach = end; ; reach = Math.min(2 * reach, reachMax)) {
    const wanted = end - walk.hits.length;
    const limit = Math.max(1, walk.position === 0 ? reach : wanted);
    const result = await search.search({ ...request, offset: walk.position, limit });
    const state = stateOf(result);
    const isNewOrder = state !== walk.state;
    if (isNewOrder && walk.position > 0) {
      Object.assign(walk, { state, position: 0 });
      continue;
    }
    walk.state = state;
    if (wanted > 0) take(walk, result.hits, end);
    if (walk.hits.length >= end || result.hits.length === 0 || walk.position >= result.total + result.partial)
      return result;
  }
}

function take(walk: Walk, hits: readonly SearchHit[], end: number): void {
  const handedOut = new Set(walk.hits.map((hit) => hit.key));
  for (const hit of hits) {
    if (walk.hits.length >= end) return;
    walk.position += 1;
    if (!handedOut.has(hit.key) && hit.key <= walk.keyMax) walk.hits.push(hit);
  }
}

const stateOf = ({ revision, indexing }: SearchResult): State =>
  indexing ? `${revision}-${indexing.done}` : String(revision);

const nameOf = (state: State, { where, sort }: Request): string => JSON.stringify([state, sort, where]);

const formatCursor = ({ state, offset }: Cursor): string => Buffer.from(`${state}.${offset}`).toString('base64url');

function parseCursor(text: string): Cursor {
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
