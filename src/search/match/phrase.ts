/** Exact phrases: terms side by side in one field, by their positions. */
import type { TextField } from '#core/condition.ts';
import type { DocSet } from '#search/index/doc-set.ts';
import type { DocValues } from '#search/index/doc-values.ts';
import { docFrequency } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';

type Phrase = { readonly terms: readonly number[]; readonly field: TextField };

/** The columns that say where a field begins and ends; for all fields, and for the organisation with its own lists, there are none. */
type Span = { readonly from: Uint32Array | null; readonly to: Uint32Array | null };

/** Where the phrase may begin in the document that is looked at: `count` positions, ascending. */
type Starts = { readonly span: Span; at: Uint32Array; count: number };

type Word = { readonly blocks: PostingsIterator; readonly offset: number };

/** Keeps the documents, all of which have all the terms, in which these follow each other in the field. */
export function filterByPhrase(segment: Segment, set: DocSet, { terms, field }: Phrase): void {
  // From the rarest on: most documents are decided before the places of a common word are read.
  const [first, ...others] = terms
    .map((term, offset) => ({
      blocks: new PostingsIterator(segment.postings, term),
      offset,
      length: docFrequency(segment.postings, term),
    }))
    .sort((a, b) => a.length - b.length);
  if (!first) return;
  const starts: Starts = { span: fieldSpan(segment.columns, field), at: new Uint32Array(64), count: 0 };
  set.filter((doc) => {
    beginAt(starts, first, doc);
    for (let i = 0; i < others.length && starts.count > 0; i++) keepFollowed(starts, others[i] as Word, doc);
    return starts.count > 0;
  });
}

const endless = 0xffffffff;

function fieldSpan(columns: DocValues, field: TextField): Span {
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

/** Takes the word's positions in the span, each as that of the phrase's first word. */
function beginAt(starts: Starts, { blocks, offset }: Word, doc: number): void {
  starts.count = 0;
  if (!blocks.seek(doc)) return;
  const count = blocks.readPositions();
  const first = starts.span.from ? (starts.span.from[doc] as number) + offset : offset;
  const end = starts.span.to ? (starts.span.to[doc] as number) : endless;
  const { positions } = blocks;
  if (starts.at.length < count) starts.at = new Uint32Array(2 * count);
  const { at } = starts;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    if (position >= first && position < end) at[kept++] = position - offset;
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
