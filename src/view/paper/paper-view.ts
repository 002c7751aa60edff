/** What a card and a paper's page show: plain JSON-able data, links already made. */
import type { Segment } from '#view/text/text-segments.ts';

export type LinkView = { readonly label: string; readonly href: string };

/** `datetime` for machines (`2025-12-16`, `2019`), `label` for people (`16 Dec 2025`, `2019`). */
export type DateView = { readonly datetime: string; readonly label: string };

export type TagView = LinkView & {
  readonly slug: string;
  readonly kind: 'topic' | 'category' | 'keyword';
  /** The words that earned it: `from “code generation”, “program synthesis”`; empty when a source said it. */
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
  /** The first authors; `authorsLabel` says the rest (`and 12 more`), or `4 authors` when there are no names, or `` when nothing is known. */
  readonly authors: readonly LinkView[];
  readonly authorsLabel: string;
  readonly authorCount: number | null;
  readonly published: DateView | null;
  /** The latest day it was listed on, linking to that day; `by` is whose listing it was, where the list has several. */
  readonly listed: (DateView & { readonly href: string; readonly by: string | null }) | null;
  readonly organization: LinkView | null;
  /** `12 comments`; null when unknown or none. */
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
  /** Why it stands here: `“decoder” in the title`, or the trending score with its parts; null on plain lists. */
  readonly why: string | null;
  /** In a list: the paper as a COinS, for reference managers. */
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
  /** Every link with a plain label (`arXiv 2405.14906`, `PDF at arXiv`, `github.com/x/y`). */
  readonly allLinks: readonly LinkView[];
  /** Every listing: source, day, place. */
  readonly listings: readonly (DateView & {
    readonly href: string;
    readonly source: string;
    readonly position: number;
  })[];
  readonly provenance: readonly { readonly source: string; readonly fields: string; readonly fetched: DateView }[];
  readonly bibtex: string;
  readonly related: readonly RelatedView[];
  /** The orders in which these can stand. */
  readonly relatedSorts: readonly (LinkView & { readonly key: string; readonly active: boolean })[];
  /** Neighbours in the listing of its latest day. */
  readonly previous: (LinkView & { readonly title: readonly Segment[] }) | null;
  readonly next: (LinkView & { readonly title: readonly Segment[] }) | null;
};
