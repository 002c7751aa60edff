/** The spellings of one name and how many papers have each: which stands for it depends on the papers alone, never on their order. */

/** The values of a name's columns: `[kind, label]` of a tag, `[name]` of an author. */
export type Spelling = readonly string[];

export type Counted = { readonly spelling: Spelling; readonly papers: number };

/**
 * The counts with one paper more or less of a spelling; those that no paper has are gone. A store filled before spellings were counted has
 * all of a name's papers under one: what is not found there is taken from it.
 */
export function vote(counted: readonly Counted[], spelling: Spelling, by: 1 | -1): readonly Counted[] {
  const found = counted.findIndex((one) => isSame(one.spelling, spelling));
  if (found < 0 && by > 0) return [...counted, { spelling, papers: by }];
  const at = Math.max(0, found);
  return counted.map((one, i) => (i === at ? { ...one, papers: one.papers + by } : one)).filter(({ papers }) => papers > 0);
}

/**
 * The one that stands for the name first: that of lowest rank, of these that of most papers, of these the last in order of code points,
 * as accents and small letters stand before their absence.
 */
export function inOrder(counted: readonly Counted[], rankOf: (spelling: Spelling) => number): readonly Counted[] {
  return counted.toSorted(
    (a, b) => rankOf(a.spelling) - rankOf(b.spelling) || b.papers - a.papers || (a.spelling.join() < b.spelling.join() ? 1 : -1),
  );
}

const isSame = (a: Spelling, b: Spelling): boolean => a.every((part, i) => part === b[i]);
