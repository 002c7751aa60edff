/** The spellings of one name and how many papers have each: which stands for it depends on the papers alone, never on their order. */

/** As one text: an author's `Jane Doe`, a tag's `keyword:language models`. */
export type Spelling = string;

export type SpellingCounts = {
  /** The one that stands for the name. */
  first: Spelling;
  /** Papers that spell it so. */
  papers: number;
  /** Papers of the other spellings; null where there are none, as with nearly every name. */
  others: Map<Spelling, number> | null;
};

/**
 * Counts one paper more or less of a spelling. A store filled before spellings were counted has all of a name's papers under one: what is
 * not found there is taken from it.
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
 * Puts the spelling first that is of lowest rank, of these that of most papers, of these the last in order of code points, as accents and
 * small letters stand before their absence. Answers all that some paper has, in that order.
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
