/** The entries of the page cache: responses, each with the store revision it was rendered from. */
import { createLruCache } from '#core/lru-cache.ts';
import type { OriginResponse } from '#http/server/origin-client.ts';
import type { CacheableRule } from './cache-rules.ts';
import type { CachedResponse } from './cached-response.ts';

export type CacheEntriesOptions = {
  /** Returns the store's current revision. Throws if the store does not respond. */
  readonly revision: () => number;
  readonly bytesMax: number;
  readonly nowMs?: () => number;
};

/** Store revision of a cached response; `build` for a static file, null if unknown. */
export type Revision = number | 'build' | null;
type Entry = {
  readonly response: CachedResponse;
  readonly revision: Revision;
  readonly untilMs: number;
  readonly bytes: number;
};
/** The revision before rendering, and the revisions that the rendering read. */
type RenderRevisions = { readonly before: Revision; readonly read: OriginResponse['revisions'] };

/** Estimated memory of an entry besides its body and its key. */
const overheadBytes = 500;
/** An entry larger than this share of the cache is not cached. */
const entryShareMax = 1 / 8;

export function createCacheEntries({ revision, bytesMax, nowMs = () => performance.now() }: CacheEntriesOptions) {
  const cache = createLruCache<Entry>({
    costOf: (entry, key) => entry.bytes + key.length * 2 + overheadBytes,
    entryCostMax: bytesMax * entryShareMax,
    isOver: ({ cost }) => cost > bytesMax,
  });
  let latest: number | null = null;

  const readRevision = (): number | null => {
    try {
      const now = revision();
      if (now !== latest) cache.removeWhere((entry) => entry.revision !== 'build' && entry.revision !== now);
      latest = now;
      return now;
    } catch {
      return null; // the page itself reports the error
    }
  };

  return {
    bytes: cache.cost,
    count: cache.count,
    revisionFor: (rule: CacheableRule): Revision => (rule.isBuildFile ? 'build' : readRevision()),
    find(rule: CacheableRule, now: Revision): CachedResponse | undefined {
      const found = cache.get(rule.key);
      return found && found.revision === now && nowMs() < found.untilMs ? found.response : undefined;
    },
    /** Caches the response if the whole of it belongs to the revision that was current before rendering. */
    store(rule: CacheableRule, response: CachedResponse, { before, read }: RenderRevisions): void {
      const isCurrent =
        before === 'build' ||
        (before !== null && readRevision() === before && [...read].every((each) => each === before));
      if (isCurrent) cache.set(rule.key, toEntry(response, before, nowMs() + rule.lifetimeMs));
    },
    /** Updates the size of an entry, which may have gained an encoding. */
    measure: (rule: CacheableRule): void => cache.measure(rule.key),
  };
}

/** The size is a getter because each new encoding makes the response larger. */
function toEntry(response: CachedResponse, revision: Revision, untilMs: number): Entry {
  return {
    response,
    revision,
    untilMs,
    get bytes() {
      return response.bytes;
    },
  };
}
