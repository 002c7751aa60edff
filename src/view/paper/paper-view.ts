/** The views of a card and of a paper's page, as JSON-serializable data with finished links. */
import type { Segment } from '#view/text/text-segments.ts';

export type LinkView = { readonly label: string; readonly href: string };

/** `datetime` for machines (`2025-12-16`, `2019`), `label` for people (`16 Dec 2025`, `2019`). */
export type DateView = { readonly datetime: string; readonly label: string };

export type TagView = LinkView & {
  readonly slug: string;
  readonly kind: 'topic' | 'category' | 'keyword';
  /**
   * The words that led to the tag: `from “code generation”, “program synthesis”`; empty if a source supplied the tag.
   */
  readonly title: string;
};

export type PaperCardView = {
  readonly id: string;
  /** Address of the paper's page. */
  readonly href: string;
  /** TeX source of the title, one line. */
  readonly titleText: string;
  readonly title: readonly Segment[];
  readonly abstract: readonly Segment[];
  /** The first authors. */
  readonly authors: readonly LinkView[];
  /** The other authors (`and 12 more`), `4 authors` if only their number is known, or empty. */
  readonly authorsLabel: string;
  readonly authorCount: number | null;
  readonly published: DateView | null;
  /** The latest listing day. `by` names the source if the list has papers of several sources. */
  readonly listed: (DateView & { readonly href: string; readonly by: string | null }) | null;
  readonly organization: LinkView | null;
  /** `12 comments`; null for none or unknown. */
  readonly commentsLabel: string | null;
  readonly upvotesLabel: string | null;
  /** Topics first, at most 6. */
  readonly tags: readonly TagView[];
  readonly links: {
    readonly arxiv: string | null;
    readonly pdf: string | null;
    readonly code: string | null;
    readonly project: string | null;
  };
  readonly withdrawn: boolean;
  readonly partial: boolean;
  /** Explanation: `“decoder” in the title`, or the parts of the trending score; null in other orders. */
  readonly why: string | null;
  /** In lists only: a COinS for reference managers. */
  readonly coins?: string;
};

export type RelatedView = LinkView & {
  readonly title: readonly Segment[];
  readonly published: DateView | null;
  /** `shares “speculative”, “draft model” · same author Jane Doe`. */
  readonly reason: string;
};

export type PaperView = PaperCardView & {
  readonly allAuthors: readonly LinkView[];
  readonly allTags: readonly TagView[];
  readonly comment: string | null;
  /** Every link, labelled `arXiv 2405.14906`, `PDF at arXiv`, `github.com/x/y`. */
  readonly allLinks: readonly LinkView[];
  /** Every listing: source, day, position. */
  readonly listings: readonly (DateView & {
    readonly href: string;
    readonly source: string;
    readonly position: number;
  })[];
  readonly provenance: readonly { readonly source: string; readonly fields: string; readonly fetched: DateView }[];
  readonly bibtex: string;
  readonly related: readonly RelatedView[];
  /** Links to the orders of `related`. */
  readonly relatedSorts: readonly (LinkView & { readonly key: string; readonly active: boolean })[];
  /** The papers before and after it in the listing of its latest day. */
  readonly previous: (LinkView & { readonly title: readonly Segment[] }) | null;
  readonly next: (LinkView & { readonly title: readonly Segment[] }) | null;
};
