/** Exact phrases: terms side by side in one field, by their positions. */
import type { TextField } from '#core/condition';
import type { Columns } from './columns.ts';
import type { DocSet } from './doc-set.ts';
import type { Segment } from './segment.ts';
import { TermBlocks } from './term-blocks.ts';

/** Keeps the documents, all of which have all the terms, in which these follow each other in the field. */
export function narrowToPhrase(segment: Segment, set: DocSet, { terms, field }: { readonly terms: readonly number[]; readonly field: TextField }): void {
  const lists = terms.map((term) => new TermBlocks(segment.postings, term));
  const span = fieldSpan(segment.columns, field);
  const starts: number[] = [];
  const next: number[] = [];
  set.filter((doc) => {
    const [first, ...others] = lists;
    if (!first?.seek(doc)) return false;
    let count = first.positions(starts);
    count = keep(starts, count, span(doc));
    for (const [i, list] of others.entries()) {
      if (count === 0) return false;
      if (!list.seek(doc)) return false;
      count = keepFollowed(starts, count, { next, nextCount: list.positions(next), distance: i + 1 });
    }
    return count > 0;
  });
}

type Span = { readonly from: number; readonly to: number };

/** The positions a field takes in a document; for all fields, and for the organisation with its own lists, every one. */
export function fieldSpan(columns: Columns, field: TextField): (doc: number) => Span {
  const everywhere = { from: 0, to: Number.POSITIVE_INFINITY };
  switch (field) {
    case 'title':
      return (doc) => ({ from: 0, to: columns.abstractAt[doc] as number });
    case 'abstract':
      return (doc) => ({ from: columns.abstractAt[doc] as number, to: columns.authorsAt[doc] as number });
    case 'author':
      return (doc) => ({ from: columns.authorsAt[doc] as number, to: columns.tagsAt[doc] as number });
    default:
      return () => everywhere;
  }
}

function keep(positions: number[], count: number, { from, to }: Span): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    if (position >= from && position < to) positions[kept++] = position;
  }
  return kept;
}

type Following = { readonly next: readonly number[]; readonly nextCount: number; readonly distance: number };

/** Keeps the starts that have a position of `next` at exactly `distance` behind them; both ascend. */
function keepFollowed(starts: number[], count: number, { next, nextCount, distance }: Following): number {
  let kept = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const wanted = (starts[i] as number) + distance;
    while (at < nextCount && (next[at] as number) < wanted) at++;
    if (at < nextCount && next[at] === wanted) starts[kept++] = starts[i] as number;
  }
  return kept;
}
