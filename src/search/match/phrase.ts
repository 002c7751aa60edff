/** Filters documents by exact phrases: adjacent terms in one field, found by their positions. */
import type { TextField } from '#core/condition.ts';
import type { DocSet } from '#search/index/doc-set.ts';
import type { DocValues } from '#search/index/doc-values.ts';
import { docFrequency } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';

type Phrase = { readonly ordinals: readonly number[]; readonly field: TextField };

/**
 * Doc values with the positions at which a field starts and ends.
 * Null for all fields, and for organizations, which have their own postings.
 */
type Span = { readonly from: Uint32Array | null; readonly to: Uint32Array | null };

/** Candidate start positions of the phrase in the current document: `count` positions in ascending order. */
type Starts = { readonly span: Span; positions: Uint32Array; count: number };

type PhraseTerm = { readonly iterator: PostingsIterator; readonly offset: number };

/** Keeps the documents in which the terms are adjacent in the field. Every document of `set` must have all terms. */
export function filterByPhrase(segment: Segment, set: DocSet, { ordinals, field }: Phrase): void {
  // Rarest first: most documents are rejected before the positions of a common term are read.
  const [first, ...others] = ordinals
    .map((ordinal, offset) => ({
      iterator: new PostingsIterator(segment.postings, ordinal),
      offset,
      length: docFrequency(segment.postings, ordinal),
    }))
    .sort((a, b) => a.length - b.length);
  if (!first) return;
  const starts: Starts = { span: fieldSpan(segment.docValues, field), positions: new Uint32Array(64), count: 0 };
  set.filter((doc) => {
    setStarts(starts, first, doc);
    for (let i = 0; i < others.length && starts.count > 0; i++) filterStarts(starts, others[i] as PhraseTerm, doc);
    return starts.count > 0;
  });
}

const noEnd = 0xffffffff;

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

/** Sets the candidates from a term's positions in the span, minus the term's offset in the phrase. */
function setStarts(starts: Starts, { iterator, offset }: PhraseTerm, doc: number): void {
  starts.count = 0;
  if (!iterator.seek(doc)) return;
  const count = iterator.readPositions();
  const first = starts.span.from ? (starts.span.from[doc] as number) + offset : offset;
  const end = starts.span.to ? (starts.span.to[doc] as number) : noEnd;
  const { positions } = iterator;
  if (starts.positions.length < count) starts.positions = new Uint32Array(2 * count);
  const { positions: candidates } = starts;
  let accepted = 0;
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    if (position >= first && position < end) candidates[accepted++] = position - offset;
  }
  starts.count = accepted;
}

/** Keeps the candidates that have the term at its offset. */
function filterStarts(starts: Starts, { iterator, offset }: PhraseTerm, doc: number): void {
  const { positions: candidates } = starts;
  const positionCount = iterator.seek(doc) ? iterator.readPositions() : 0;
  const { positions } = iterator;
  let count = 0;
  let next = 0;
  for (let i = 0; i < starts.count; i++) {
    const target = (candidates[i] as number) + offset;
    while (next < positionCount && (positions[next] as number) < target) next++;
    if (next < positionCount && positions[next] === target) candidates[count++] = candidates[i] as number;
  }
  starts.count = count;
}
