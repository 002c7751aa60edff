/** What the server and the search worker say to each other. */
import type {
  Completion,
  CompletionRequest,
  Correction,
  IndexProgress,
  RelatedHit,
  SearchRequest,
  SearchResult,
} from '#core/ports/papers.ts';
import type { RelatedRequest } from '#search/similar/related-papers.ts';

/** What can be asked, and what is answered. */
export type SearchCalls = {
  readonly search: { readonly ask: SearchRequest; readonly answer: SearchResult };
  readonly corrections: { readonly ask: readonly string[]; readonly answer: readonly Correction[] };
  readonly complete: { readonly ask: CompletionRequest; readonly answer: readonly Completion[] };
  readonly related: { readonly ask: RelatedRequest; readonly answer: readonly RelatedHit[] };
};
export type CallName = keyof SearchCalls;

/** `untilMs`: the time, as `clockMs` tells it, after which nobody waits for the answer. */
export type CallMessage = {
  [Name in CallName]: {
    readonly id: number;
    readonly name: Name;
    readonly ask: SearchCalls[Name]['ask'];
    readonly untilMs: number;
  };
}[CallName];

export type SearchStatus = {
  /** The index is in step with the store; before, searches find the papers it has so far. */
  readonly ready: boolean;
  readonly revision: number;
  /** Of which revision corrections, completions and related papers are complete; null before they first are. */
  readonly suggesterRevision: number | null;
  readonly papers: number;
  /** While the index is built: how many of the store's papers it has taken in. */
  readonly progress: IndexProgress;
  readonly segments: number;
  /** Memory of the index. */
  readonly bytes: number;
  /** What happened last: loaded in 300 ms, built anew because …. */
  readonly note: string;
};

export type WorkerMessage =
  | { readonly id: number; readonly value: SearchCalls[CallName]['answer'] }
  | { readonly id: number; readonly error: string }
  | { readonly status: SearchStatus }
  /** For the log. */
  | { readonly notice: string };

/** Milliseconds since 1970 from the clock that never goes back; the same in every thread. */
export const clockMs = (): number => performance.timeOrigin + performance.now();
