/** An in-memory store for the search index: documents by key, each with the revision of its last change. */
import { dayNumber, publicationPeriod } from '#core/day.ts';
import type { PaperKey, SearchDocument, SearchDocuments } from '#core/ports/papers.ts';

export class FakeDocuments implements SearchDocuments {
  readonly storeId: string;
  #revision = 0;
  readonly #documents = new Map<PaperKey, { readonly document: SearchDocument; readonly revision: number }>();
  readonly #removed: { readonly key: PaperKey; readonly revision: number }[] = [];

  constructor(documents: readonly SearchDocument[] = [], storeId = 'fake') {
    this.storeId = storeId;
    if (documents.length > 0) this.save(documents);
  }

  /** Saves and removes in one transaction. */
  save(documents: readonly SearchDocument[], removed: readonly PaperKey[] = []): void {
    this.#revision++;
    for (const document of documents) this.#documents.set(document.key, { document, revision: this.#revision });
    for (const key of removed) {
      this.#documents.delete(key);
      this.#removed.push({ key, revision: this.#revision });
    }
  }

  all(): SearchDocument[] {
    return [...this.#documents.values()].map(({ document }) => document).sort((a, b) => a.key - b.key);
  }

  revision(): number {
    return this.#revision;
  }

  count(): number {
    return this.#documents.size;
  }

  changedSince(since: number): Iterable<SearchDocument> {
    const changed = this.all().filter(({ key }) => (this.#documents.get(key)?.revision ?? 0) > since);
    const day = ({ publishedOn }: SearchDocument) =>
      publishedOn === null ? -Infinity : dayNumber(publicationPeriod(publishedOn).from);
    return since === 0 ? changed.sort((a, b) => day(b) - day(a) || b.key - a.key) : changed;
  }

  removedSince(since: number): readonly PaperKey[] {
    return this.#removed.filter(({ revision }) => revision > since).map(({ key }) => key);
  }

  textsOf(keys: readonly PaperKey[]): ReturnType<SearchDocuments['textsOf']> {
    return new Map(
      keys.flatMap((key) => {
        const found = this.#documents.get(key)?.document;
        return found ? [[key, { ...found, tags: found.tags.map((tag) => tag.label) }] as const] : [];
      }),
    );
  }
}
