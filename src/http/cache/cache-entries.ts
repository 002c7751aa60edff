/** The answers that are kept, each with the revision of the store that it is of. */
import { createLruCache } from '#core/lru-cache.ts';
import type { OriginResponse } from '#http/server/origin-client.ts';
import type { CacheableRule } from './cache-rules.ts';
import type { CachedResponse } from './cached-response.ts';

export type CacheEntriesOptions = {
  /** The store's revision now; throws when the store does not answer. */
  readonly revision: () => number;
  readonly bytesMax: number;
  readonly nowMs?: () => number;
};

/** Of which revision an answer is: `build` of any, null of none that is known. */
export type Revision = number | 'build' | null;
type Entry = {
  readonly answer: CachedResponse;
  readonly revision: Revision;
  readonly untilMs: number;
  readonly bytes: number;
};
type Made = { readonly before: Revision; readonly read: OriginResponse['revisions'] };

/** What one entry costs beside its bytes and its key. */
const overheadBytes = 500;
/** No entry may take more than this share of the room. */
const shareMax = 1 / 8;

export function createCacheEntries({ revision, bytesMax, nowMs = () => performance.now() }: CacheEntriesOptions) {
  const cache = createLruCache<Entry>({
    costOf: (entry, key) => entry.bytes + key.length * 2 + overheadBytes,
    entryCostMax: bytesMax * shareMax,
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
      return null; // the page itself says what is wrong
    }
  };

  return {
    bytes: cache.cost,
    count: cache.count,
    revisionFor: (rule: CacheableRule): Revision => (rule.isOfTheBuild ? 'build' : readRevision()),
    find(rule: CacheableRule, now: Revision): CachedResponse | undefined {
      const found = cache.get(rule.key);
      return found && found.revision === now && nowMs() < found.untilMs ? found.answer : undefined;
    },
    /** Unless the store has changed meanwhile, or something that went into the answer is of another revision. */
    keep(rule: CacheableRule, answer: CachedResponse, { before, read }: Made): void {
      const holds =
        before === 'build' ||
        (before !== null && readRevision() === before && [...read].every((one) => one === before));
      if (holds) cache.set(rule.key, toEntry(answer, before, nowMs() + rule.lifetimeMs));
    },
    /** Measures what was just sent anew. */
    measure: (rule: CacheableRule): void => cache.measure(rule.key),
  };
}

/** It grows with each encoding that is asked for. */
function toEntry(answer: CachedResponse, revision: Revision, untilMs: number): Entry {
  return {
    answer,
    revision,
    untilMs,
    get bytes() {
      return answer.bytes;
    },
  };
}
