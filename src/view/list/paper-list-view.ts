/** The view of a list page. */
import type { QueryFields } from '#query/build-query.ts';
import type { QueryProblem } from '#query/paper-query.ts';
import type { DateView, LinkView, PaperCardView } from '#view/paper/paper-view.ts';

/** One bar of a histogram: a year of publication, or a number of authors. */
export type BarView = LinkView & {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly active: boolean;
};

export type FacetTopicView = LinkView & {
  readonly slug: string;
  readonly count: number;
  readonly state: 'off' | 'included' | 'excluded';
  /** Address of the list without the topic, or with the exclusion removed. */
  readonly excludeHref: string;
};

export type FacetsView = {
  readonly topics: readonly FacetTopicView[];
  readonly years: readonly BarView[];
  /** 13 bars: 1 to 10, 11–20, 21–50, 51 and more. */
  readonly authorCounts: readonly BarView[];
  readonly hasCode: LinkView & { readonly count: number; readonly active: boolean };
};

/** An active filter; `href` is the list without the filter. */
export type ChipView = LinkView;

export type OptionView = LinkView & { readonly key: string; readonly active: boolean };

/** Values of the filter form. Conditions without a field are in `q`. */
export type FilterFormView = {
  readonly action: string;
  readonly q: string;
  readonly authors: string;
  readonly published: string;
  readonly listed: string;
  readonly has: readonly string[];
  readonly tags: readonly string[];
  readonly sort: string;
};

export type PagerView = {
  readonly page: number;
  readonly pages: number;
  readonly previous: string | null;
  readonly next: string | null;
  /** The first, last, previous, current and next page. */
  readonly numbers: readonly (LinkView & { readonly current: boolean })[];
};

/** The navigation of a day, week or month. */
export type PeriodView = {
  readonly kind: 'day' | 'week' | 'month';
  readonly date: DateView;
  readonly previous: LinkView | null;
  readonly next: LinkView | null;
  /** Links to the day, week and month around the shown period. */
  readonly switches: readonly OptionView[];
  readonly calendar: CalendarView;
  /** Why a period has no papers (`Hugging Face lists no papers on Saturdays and Sundays.`); null when it has some. */
  readonly emptyReason: string | null;
};

export type CalendarView = {
  /** `December 2025`. */
  readonly label: string;
  readonly previous: LinkView | null;
  readonly next: LinkView | null;
  /** Monday first; null pads the first and last week. */
  readonly weeks: readonly (readonly (CalendarDayView | null)[])[];
};

export type CalendarDayView = {
  readonly datetime: string;
  readonly dayOfMonth: number;
  readonly count: number;
  /** Null for a day without papers. */
  readonly href: string | null;
  readonly current: boolean;
};

/** `feedType`: the media type of a feed, null for exports. */
export type FormatView = LinkView & { readonly feedType: string | null };

type SuggestionView = LinkView & { readonly count: number };

export type PaperListView = {
  /** `Tuesday, 16 December 2025`, `Papers`, `Code generation`, … */
  readonly title: string;
  /** One sentence under the title that describes the list. */
  readonly description: string;
  /** Absolute address of the list. */
  readonly url: string;
  readonly period: PeriodView | null;
  readonly total: number;
  /** `35 papers`, `1 paper`. */
  readonly totalLabel: string;
  readonly partial: number;
  readonly papers: readonly PaperCardView[];
  readonly chips: readonly ChipView[];
  readonly clearHref: string | null;
  readonly facets: FacetsView | null;
  readonly sorts: readonly OptionView[];
  readonly pager: PagerView;
  readonly problems: readonly QueryProblem[];
  /** Links to corrected queries. */
  readonly didYouMean: readonly SuggestionView[];
  /** The query as canonical text; empty without filters. */
  readonly canonical: string;
  readonly form: FilterFormView;
  /** The query in the fields of the query builder; null except on the list of all papers. */
  readonly builder: QueryFields | null;
  /** Links to the list in other formats (Atom, JSON, …), with the same filters. */
  readonly formats: readonly FormatView[];
  /** The trending formula, on the trending page only. */
  readonly formula: string | null;
  /** Whether the store has no papers, so that the page explains how to add some. */
  readonly storeIsEmpty: boolean;
  /** One line with the progress of indexing; null if the index is complete. */
  readonly indexing: string | null;
};
