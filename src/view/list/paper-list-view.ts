/** What every list page shows, and what feeds, API and e-mail are written from. */
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
  /** Address that excludes it, or clears the exclusion. */
  readonly excludeHref: string;
};

export type FacetsView = {
  readonly topics: readonly FacetTopicView[];
  readonly years: readonly BarView[];
  /** 1 … 10 one by one, then 11–20, 21–50, 51 and more. */
  readonly authorCounts: readonly BarView[];
  readonly hasCode: LinkView & { readonly count: number; readonly active: boolean };
};

/** An active filter; `href` is the list without it. */
export type ChipView = LinkView;

export type OptionView = LinkView & { readonly key: string; readonly active: boolean };

/** Values of the filter form, as a person types them; what the form has no field for stays in `q`. */
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
  /** First, last and those around the current one. */
  readonly numbers: readonly (LinkView & { readonly current: boolean })[];
};

/** The days, weeks or months beside the shown one that have papers. */
export type PeriodView = {
  readonly kind: 'day' | 'week' | 'month';
  readonly date: DateView;
  readonly previous: LinkView | null;
  readonly next: LinkView | null;
  /** Day, week and month around the shown one, for a switch. */
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

/** `feedType` is the media type of a feed, null for what no feed reader reads. */
export type FormatView = LinkView & { readonly feedType: string | null };

type SuggestionView = LinkView & { readonly count: number };

export type PaperListView = {
  /** `Tuesday, 16 December 2025`, `Papers`, `Code generation`, … */
  readonly title: string;
  /** One sentence under the title: what this list is. */
  readonly description: string;
  /** The list's own address, absolute. */
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
  /** One-click corrections of a word that nothing matches. */
  readonly didYouMean: readonly SuggestionView[];
  /** The query as text in canonical form, empty without filters. */
  readonly canonical: string;
  readonly form: FilterFormView;
  /** The query in the fields of the form that builds one; null on lists that are less than all papers. */
  readonly builder: QueryFields | null;
  /** This list in other formats: Atom, JSON, … with the same filters. */
  readonly formats: readonly FormatView[];
  /** The trending formula, on the trending page only. */
  readonly formula: string | null;
  /** The store has no paper at all: show how to fill it. */
  readonly storeIsEmpty: boolean;
  /** One line that says how many papers can be found so far; null when all can. */
  readonly indexing: string | null;
};
