/** Counts the papers of each spelling of a name. The order in which papers arrive does not affect the result. */

/** A spelling as a string: an author's `Jane Doe`, a tag's `keyword:language models`. */
export type Spelling = string;

export type SpellingCounts = {
  /** The spelling that represents the name. */
  first: Spelling;
  /** Papers with this spelling. */
  papers: number;
  /** Paper counts of the other spellings. Null if there are none, which is the usual case. */
  others: Map<Spelling, number> | null;
};

/**
 * Adds or subtracts one paper of a spelling.
 * Older stores counted all papers of a name under one spelling. If a spelling is missing, its paper is subtracted from
 * that one.
 */
export function vote(counts: SpellingCounts, spelling: Spelling, by: 1 | -1): void {
  const known = counts.others?.get(spelling);
  if (spelling === counts.first || (known === undefined && by < 0)) counts.papers += by;
  else {
    counts.others ??= new Map();
    counts.others.set(spelling, (known ?? 0) + by);
  }
}

/**
 * Returns the spellings in use, the representative first.
 * Order: lowest rank, then most papers, then last by code point, so that accents and lower case win ties.
 */
export function elect(
  counts: SpellingCounts,
  rankOf: (spelling: Spelling) => number,
): readonly (readonly [Spelling, number])[] {
  const all = [[counts.first, counts.papers] as const, ...(counts.others ?? [])]
    .filter(([, papers]) => papers > 0)
    .sort(([a, papers], [b, more]) => rankOf(a) - rankOf(b) || more - papers || (a < b ? 1 : -1));
  const [first, ...others] = all;
  counts.first = first?.[0] ?? counts.first;
  counts.papers = first?.[1] ?? 0;
  counts.others = others.length > 0 ? new Map(others) : null;
  return all;
}
