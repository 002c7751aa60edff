/** What the thread that reads a file and the one that stores say to each other. */
import type { SourceInput } from './source.ts';

/** What is read: a file and how. */
export type ReaderTask = Omit<SourceInput, 'bytes'> & {
  /** A name of the source registry. */
  readonly source: string;
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
};

export type ReaderMessage =
  /** JSON of `FoundEvent[]`; each is acknowledged with any message once it is taken. */
  { readonly kind: 'lot'; readonly events: string } | { readonly kind: 'refused'; readonly reason: string } | { readonly kind: 'end' };
