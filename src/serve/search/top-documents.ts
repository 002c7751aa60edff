/** The best few of many documents, without sorting the rest. */

export type Candidate = { readonly doc: number; readonly rank: number };

/** Keeps the `limit` documents of highest rank; of equals the ones offered first. */
export class TopDocuments {
  readonly #limit: number;
  #kept: Candidate[] = [];
  #threshold = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(doc: number, rank: number): void {
    if (this.#kept.length >= this.#limit && rank <= this.#threshold) return;
    this.#kept.push({ doc, rank });
    // Cut rarely: a buffer of twice the limit makes the cost of sorting vanish per document.
    if (this.#kept.length >= 2 * this.#limit + 64) this.#cut();
  }

  /** Best first. */
  take(): Candidate[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept.sort((a, b) => b.rank - a.rank || a.doc - b.doc);
    if (this.#kept.length > this.#limit) this.#kept.length = this.#limit;
    if (this.#kept.length === this.#limit) this.#threshold = this.#kept.at(-1)?.rank ?? Number.NEGATIVE_INFINITY;
  }
}
