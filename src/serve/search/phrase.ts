/** Exact phrases: terms side by side in one field, by their positions. */
import type { TextField } from '#core/condition';
import type { Columns } from './columns.ts';
import type { DocSet } from './doc-set.ts';
import { listLength } from './postings.ts';
import type { Segment } from './segment.ts';
import { TermBlocks } from './term-blocks.ts';

/** Keeps the documents, all of which have all the terms, in which these follow each other in the field. */
export function narrowToPhrase(
  segment: Segment,
  set: DocSet,
  { terms, field }: { readonly terms: readonly number[]; readonly field: TextField },
): void {
  // From the rarest on: most documents are decided before the places of a common word are read.
  const lists = terms
    .map((term, offset) => ({ blocks: new TermBlocks(segment.postings, term), offset, length: listLength(segment.postings, term) }))
    .sort((a, b) => a.length - b.length);
  const span = fieldSpan(segment.columns, field);
  const starts: number[] = [];
  const places: number[] = [];
  set.filter((doc) => {
    let count = -1;
    for (const { blocks, offset } of lists) {
      if (!blocks.seek(doc)) return false;
      if (count < 0) count = keepIn(starts, blocks.positions(starts), { ...span(doc), offset });
      else count = keepFollowed(starts, count, { places, placesCount: blocks.positions(places), offset });
      if (count === 0) return false;
    }
    return true;
  });
}

type Span = { readonly from: number; readonly to: number };

/** The positions a field takes in a document; for all fields, and for the organisation with its own lists, every one. */
function fieldSpan(columns: Columns, field: TextField): (doc: number) => Span {
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

/** Keeps the positions in the span, as those of the phrase's first word. */
function keepIn(positions: number[], count: number, { from, to, offset }: Span & { readonly offset: number }): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    if (position >= from && position < to) positions[kept++] = position - offset;
  }
  return kept;
}

type Places = { readonly places: readonly number[]; readonly placesCount: number; readonly offset: number };

/** Keeps the starts that have a place at exactly `offset` behind them; both ascend. */
function keepFollowed(starts: number[], count: number, { places, placesCount, offset }: Places): number {
  let kept = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const wanted = (starts[i] as number) + offset;
    while (at < placesCount && (places[at] as number) < wanted) at++;
    if (at < placesCount && places[at] === wanted) starts[kept++] = starts[i] as number;
  }
  return kept;
}
