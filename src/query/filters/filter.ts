/** A filter parses, formats and labels one kind of condition. */
import type { Condition } from '#core/condition.ts';
import type { TagSlug } from '#core/paper.ts';

/** A value from the search box or an address, without its quotes. */
export type WrittenValue = {
  readonly text: string;
  /** In quotes: a phrase. */
  readonly quoted: boolean;
  /** In quotes after `=`: the whole value (`author:="Jane Doe"`). */
  readonly exact: boolean;
};

/** Readable names of slugs. */
export type Labels = { readonly tag?: (slug: TagSlug) => string | undefined };

export type Filter = {
  /** The canonical qualifier first, then its other forms; empty for bare words. */
  readonly qualifiers: readonly string[];
  /** Whether the canonical qualifier is a URL parameter too, and whether it can repeat; null if not. */
  readonly parameter: 'once' | 'repeated' | null;
  /** The valid values, as the end of a sentence: `a number or a range such as 2..5`. */
  readonly forms: string;
  /** Values for completion. */
  readonly values: readonly string[];
  /** Whether the canonical form keeps the conditions in the order of the text. */
  readonly keepsOrder: boolean;
  /** Whether all words of the value are stop words, which the search ignores. */
  isCommon(value: WrittenValue): boolean;
  /** Returns null if the value is invalid. */
  parse(value: WrittenValue): Condition | null;
  /** Returns the value that parses to the condition, quoted if necessary; null for conditions of other filters. */
  format(condition: Condition): string | null;
  /** Returns the text of a chip, or null for conditions of other filters. */
  label(condition: Condition, labels: Labels): string | null;
};

export type FilterDefinition = Pick<Filter, 'qualifiers' | 'forms' | 'parse' | 'format' | 'label'> & Partial<Filter>;

export function defineFilter(definition: FilterDefinition): Filter {
  return { parameter: null, values: [], keepsOrder: false, isCommon: () => false, ...definition };
}

export function plainValue(text: string): WrittenValue {
  return { text, quoted: false, exact: false };
}
