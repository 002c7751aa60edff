/** The interface of a feed or export format, and its input. */
import type { Paper } from '#core/paper.ts';

/** Metadata of a list; all addresses are absolute. */
export type ListHead = {
  /** `Code generation, 3–5 authors · Paper Digest`. */
  readonly title: string;
  /** `1,204 papers`. */
  readonly description: string;
  /** A tag URI (RFC 4151): the same for every page of the list and in every format. */
  readonly id: string;
  /** Public address of this instance, without a trailing slash. */
  readonly siteUrl: string;
  /** Address of the list as HTML. */
  readonly pageUrl: string;
  readonly selfUrl: string;
  /** The latest `updatedAt` of the first batch of papers; 1970 for an empty list. */
  readonly updatedAt: string;
  /** Addresses of the pages of a feed (RFC 5005); an export has one page. */
  readonly first: string;
  readonly previous: string | null;
  readonly next: string | null;
  readonly last: string;
};

export type Entry = {
  readonly paper: Paper;
  /** Address of the paper's page on this instance. */
  readonly url: string;
  /** Stable in all lists and formats: `oai:arXiv.org:2405.14906`, else a tag URI. */
  readonly feedId: string;
  /** Unique in the document; empty for formats without citation keys. */
  readonly citationKey: string;
  /** Midnight UTC of the publication day; null if unknown. */
  readonly publishedAt: string | null;
  /** Midnight UTC of the latest listing or the publication. Depends on the data only, never on the clock. */
  readonly updatedAt: string;
};

/** Renders the parts of a document. A feed joins them, an export streams them. */
export type Format = {
  /** In the address `/feeds/papers.{extension}`. */
  readonly extension: string;
  readonly contentType: string;
  readonly label: string;
  /** A feed has pages, an export has all papers. */
  readonly kind: 'feed' | 'export';
  /** Whether the format uses `citationKey`. */
  readonly hasCitationKeys?: boolean;
  readonly head: (list: ListHead) => string;
  readonly item: (entry: Entry) => string;
  /** Text between two items. */
  readonly separator: string;
  readonly tail: (list: ListHead) => string;
};

export function defineFormat(format: Format): Format {
  return format;
}
