/** Exact phrases: terms side by side in one field, by their positions. */
import type { TextField } from '#core/condition';
import type { Columns } from './columns.ts';
import type { DocSet } from './doc-set.ts';
import { listLength } from './postings.ts';
import type { Segment } from './segment.ts';
import { TermBlocks } from './term-blocks.ts';

type Phrase = { readonly terms: readonly number[]; readonly field: TextField };

/** Where the phrase may begin in the document that is looked at: `count` positions, ascending. */
type Starts = { at: Uint32Array; count: number };

type Word = { readonly blocks: TermBlocks; readonly offset: number };

/** Keeps the documents, all of which have all the terms, in which these follow each other in the field. */
export function narrowToPhrase(segment: Segment, set: DocSet, { terms, field }: Phrase): void {
  // From the rarest on: most documents are decided before the places of a common word are read.
  const [first, ...others] = terms
    .map((term, offset) => ({ blocks: new TermBlocks(segment.postings, term), offset, length: listLength(segment.postings, term) }))
    .sort((a, b) => a.length - b.length);
  if (!first) return;
  const { from, to } = fieldSpan(segment.columns, field);
  const starts: Starts = { at: new Uint32Array(64), count: 0 };
  set.filter((doc) => {
    beginAt(starts, first, { doc, from: from ? (from[doc] as number) : 0, to: to ? (to[doc] as number) : endless });
    for (let i = 0; i < others.length && starts.count > 0; i++) keepFollowed(starts, others[i] as Word, doc);
    return starts.count > 0;
  });
}

const endless = 0xffffffff;

/** The columns that say where a field begins and ends; for all fields, and for the organisation with its own lists, there are none. */
function fieldSpan(columns: Columns, field: TextField): { readonly from: Uint32Array | null; readonly to: Uint32Array | null } {
  switch (field) {
    case 'title':
      return { from: null, to: columns.abstractAt };
    case 'abstract':
      return { from: columns.abstractAt, to: columns.authorsAt };
    case 'author':
      return { from: columns.authorsAt, to: columns.tagsAt };
    default:
      return { from: null, to: null };
  }
}

type Span = { readonly doc: number; readonly from: number; readonly to: number };

/** Takes the word's positions in the span, each as that of the phrase's first word. */
function beginAt(starts: Starts, { blocks, offset }: Word, { doc, from, to }: Span): void {
  starts.count = 0;
  if (!blocks.seek(doc)) return;
  const count = blocks.readPositions();
  const { positions } = blocks;
  if (starts.at.length < count) starts.at = new Uint32Array(2 * count);
  const { at } = starts;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    if (position >= from + offset && position < to) at[kept++] = position - offset;
  }
  starts.count = kept;
}

/** Keeps the starts that have the word at its offset behind them. */
function keepFollowed(starts: Starts, { blocks, offset }: Word, doc: number): void {
  const { at } = starts;
  const count = blocks.seek(doc) ? blocks.readPositions() : 0;
  const { positions } = blocks;
  let kept = 0;
  let next = 0;
  for (let i = 0; i < starts.count; i++) {
    const wanted = (at[i] as number) + offset;
    while (next < count && (positions[next] as number) < wanted) next++;
    if (next < count && positions[next] === wanted) at[kept++] = at[i] as number;
  }
  starts.count = kept;
}
