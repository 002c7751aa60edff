/** Messages between the server and the search worker. */
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

/** Request (`ask`) and result (`answer`) of each call. */
export type SearchCalls = {
  readonly search: { readonly ask: SearchRequest; readonly answer: SearchResult };
  readonly corrections: { readonly ask: readonly string[]; readonly answer: readonly Correction[] };
  readonly complete: { readonly ask: CompletionRequest; readonly answer: readonly Completion[] };
  readonly related: { readonly ask: RelatedRequest; readonly answer: readonly RelatedHit[] };
};
export type CallName = keyof SearchCalls;

/** `untilMs`: the deadline of the call, on the clock of `clockMs`. */
export type CallMessage = {
  [Name in CallName]: {
    readonly id: number;
    readonly name: Name;
    readonly ask: SearchCalls[Name]['ask'];
    readonly untilMs: number;
  };
}[CallName];

export type SearchStatus = {
  /** True once the index covers the store. Until then searches find the papers indexed so far. */
  readonly ready: boolean;
  readonly revision: number;
  /** Store revision up to which corrections, completions and related papers are complete. Null: not yet. */
  readonly suggesterRevision: number | null;
  readonly papers: number;
  /** Indexed papers of the store's total. */
  readonly progress: IndexProgress;
  readonly segments: number;
  /** Size of the index in memory. */
  readonly bytes: number;
  /** How the index was loaded or why it was not saved, such as `loaded in 300 ms`. */
  readonly note: string;
};

export type WorkerMessage =
  | { readonly id: number; readonly value: SearchCalls[CallName]['answer'] }
  | { readonly id: number; readonly error: string }
  | { readonly status: SearchStatus }
  /** A line for the log. */
  | { readonly notice: string };

/** Milliseconds since 1970 on a monotonic clock that all threads share. */
export const clockMs = (): number => performance.timeOrigin + performance.now();
