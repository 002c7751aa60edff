/** What a format of lists is, and the plain data it is written from. */
import type { Paper } from '#core/paper.ts';

/** What is said of a list as a whole; all addresses are absolute. */
export type ListHead = {
  /** `Code generation, 3–5 authors · Paper Digest`. */
  readonly title: string;
  /** `1,204 papers`. */
  readonly description: string;
  /** A tag URI (RFC 4151): the same for every page of the list and in every format. */
  readonly id: string;
  /** Where this instance is reached, without a slash at the end. */
  readonly siteUrl: string;
  /** The list as a page for people. */
  readonly pageUrl: string;
  readonly selfUrl: string;
  /** The latest `updatedAt` among the first papers; 1970 for a list without any. */
  readonly updatedAt: string;
  /** The pages of a feed (RFC 5005); an export has one. */
  readonly first: string;
  readonly previous: string | null;
  readonly next: string | null;
  readonly last: string;
};

export type Entry = {
  readonly paper: Paper;
  /** The paper's page here. */
  readonly url: string;
  /** The same whenever and in whatever list the paper appears: `oai:arXiv.org:2405.14906`, else a tag URI. */
  readonly feedId: string;
  /** Unique in the document, for formats that want one; else empty. */
  readonly citationKey: string;
  /** The day the paper appeared, as a time in UTC; null when it is not known. */
  readonly publishedAt: string | null;
  /** When it last became news: its latest listing or its publication, a function of the data and never of the clock. */
  readonly updatedAt: string;
};

/** Parts of a document: a feed joins them, an export streams them. */
export type Format = {
  /** Of `/feeds/papers.{extension}`. */
  readonly extension: string;
  readonly contentType: string;
  readonly label: string;
  /** A feed gives the first page and links to the others, an export gives everything. */
  readonly kind: 'feed' | 'export';
  /** Whether `citationKey` is wanted. */
  readonly hasCitationKeys?: boolean;
  readonly head: (list: ListHead) => string;
  readonly item: (entry: Entry) => string;
  /** Between two items. */
  readonly separator: string;
  readonly tail: (list: ListHead) => string;
};

export function defineFormat(format: Format): Format {
  return format;
}
