/** What a filter of the query is: one object that reads, writes and shows one kind of condition. */
import type { Condition } from '#core/condition.ts';
import type { TagSlug } from '#core/paper.ts';

/** A value as it stands in the search box or in an address, without its quotes. */
export type WrittenValue = {
  readonly text: string;
  /** In quotes: words side by side. */
  readonly quoted: boolean;
  /** In quotes behind `=`: nothing but this (`author:="Jane Doe"`). */
  readonly exact: boolean;
};

/** Names for people, where a condition knows only a slug. */
export type Labels = { readonly tag?: (slug: TagSlug) => string | undefined };

export type Filter = {
  /** The canonical qualifier first, then its other forms; empty for bare words. */
  readonly qualifiers: readonly string[];
  /** Whether the canonical qualifier is a parameter of the address too, and whether it may repeat there. */
  readonly parameter: 'once' | 'repeated' | null;
  /** What a value may look like, to end a sentence: `a number or a range such as 2..5`. */
  readonly forms: string;
  /** Values worth offering while one types. */
  readonly values: readonly string[];
  /** Conditions stay in the order in which they were written. */
  readonly keepsOrder: boolean;
  /** Whether the value is made of words that are in nearly every paper, which are not searched for. */
  isCommon(value: WrittenValue): boolean;
  /** Null when the value means nothing to this filter. */
  parse(value: WrittenValue): Condition | null;
  /** The value that parses to the condition, quoted where it must be; null for conditions of other filters. */
  format(condition: Condition): string | null;
  /** A few words for a chip; null for conditions of other filters. */
  label(condition: Condition, labels: Labels): string | null;
};

export type FilterDefinition = Pick<Filter, 'qualifiers' | 'forms' | 'parse' | 'format' | 'label'> & Partial<Filter>;

export function defineFilter(definition: FilterDefinition): Filter {
  return { parameter: null, values: [], keepsOrder: false, isCommon: () => false, ...definition };
}

export function plainValue(text: string): WrittenValue {
  return { text, quoted: false, exact: false };
}
