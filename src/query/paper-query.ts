/** The one query of every list: page, feed, export, API and digest read and write it here. */
import type { Condition, SortKey } from '#core/condition.ts';

export type PaperQuery = {
  /** All must hold; in canonical order, without repeats. */
  readonly where: readonly Condition[];
  /** Null: the list's own order (relevance when there are words, else newest; a day's listing order). */
  readonly sort: SortKey | null;
  /** From 1. */
  readonly page: number;
};

/**
 * Something in the query that was not understood. A `note` never stops the search (unknown qualifier, words left out);
 * an `error` is a malformed or unknown parameter: the page goes on without it, the API answers 400.
 */
export type QueryProblem = {
  readonly level: 'note' | 'error';
  /** The URL parameter it is about: `q`, `authors`, … */
  readonly parameter: string;
  /** One sentence for the reader. */
  readonly message: string;
  /** Half-open span of characters in the parameter's value, when it points at a place. */
  readonly start?: number;
  readonly end?: number;
};
