/** Builds a segment from documents in any order: analyzes each, sorts them by date and inverts their postings. */
import type { SearchDocument } from '#core/ports/papers.ts';
import { ByteBuilder, IntBuilder } from '#search/index/array-builder.ts';
import { buildDocValues, compareRows, type Row, toRow } from '#search/index/doc-values.ts';
import { endOfPositions, hasPositions, type Postings } from '#search/index/postings.ts';
import { Segment, type Topic } from '#search/index/segment.ts';
import { runToEnd } from '#search/index/steps.ts';
import { Analyzer } from './analyzer.ts';
import { DocumentPostings } from './document-postings.ts';
import { PostingsWriter } from './postings-writer.ts';
import { TermInterner } from './term-interner.ts';

/** A step takes some milliseconds. */
const documentsPerStep = 256;
const termsPerStep = 2048;

export class SegmentWriter {
  readonly #rows: Row[] = [];
  readonly #interner = new TermInterner();
  readonly #documentPostings = new DocumentPostings();
  readonly #analyzer = new Analyzer(this.#interner, this.#documentPostings);
  readonly #topics = new Map<string, Topic & { readonly number: number }>();
  /** One element per posting, grouped by document: term ID, field frequencies, and start in `#positions`. */
  readonly #postingTermIds = new IntBuilder();
  readonly #postingFieldFrequencies = new ByteBuilder();
  readonly #postingPositionsStart = new IntBuilder();
  readonly #positions = new ByteBuilder();
  /** Index of each document's first posting, then the end of the last. */
  readonly #documentsStart: number[] = [0];

  get size(): number {
    return this.#rows.length;
  }

  add(document: SearchDocument): void {
    const postings = this.#documentPostings;
    const analysis = this.#analyzer.analyze(document);
    for (let slot = 0; slot < postings.size; slot++) {
      this.#postingTermIds.push(postings.termId(slot));
      this.#postingFieldFrequencies.push(postings.fieldFrequencies(slot));
      this.#postingPositionsStart.push(this.#positions.length);
      postings.writePositions(slot, this.#positions);
    }
    this.#documentsStart.push(this.#postingTermIds.length);
    this.#rows.push(toRow(document, analysis, this.#topicsOf(document)));
  }

  finish(): Segment {
    return runToEnd(this.finishInSteps());
  }

  /** Like `finish`, with a yield between steps. */
  *finishInSteps(): Generator<void, Segment> {
    const order = Uint32Array.from(this.#rows.keys()).sort((a, b) =>
      compareRows(this.#rows[a] as Row, this.#rows[b] as Row),
    );
    yield;
    const postings = yield* this.#invert(order);
    return new Segment({
      postings,
      docValues: yield* buildDocValues(Array.from(order, (row) => this.#rows[row] as Row)),
      topics: [...this.#topics.values()].map(({ slug, label }) => ({ slug, label })),
    });
  }

  /** Returns the segment's numbers of the document's topics. */
  #topicsOf(document: SearchDocument): number[] {
    return document.tags
      .filter((tag) => tag.kind === 'topic')
      .map(({ slug, label }) => {
        const known = this.#topics.get(slug) ?? { slug, label, number: this.#topics.size };
        this.#topics.set(slug, known);
        return known.number;
      });
  }

  /** `order`: documents in the order of their new numbers. */
  *#invert(order: Uint32Array): Generator<void, Postings> {
    const bytes = this.#positions.finish();
    const { starts, docs, fieldFrequencies, positionsStart } = yield* groupByTerm(
      {
        termIds: this.#postingTermIds.finish(),
        fieldFrequencies: this.#postingFieldFrequencies.finish(),
        positionsStart: this.#postingPositionsStart.finish(),
        documentsStart: this.#documentsStart,
      },
      this.#interner.size,
      order,
    );
    const writer = new PostingsWriter(order.length);
    const positions = { bytes, start: 0, end: 0 };
    const terms = yield* this.#interner.sortInSteps();
    for (const [ordinal, termId] of terms.order.entries()) {
      if (ordinal % termsPerStep === 0) yield;
      const [first, end] = [starts[termId] as number, starts[termId + 1] as number];
      // An edge n-gram is interned for every field, even if no word of a field has it.
      if (first === end) continue;
      const term = terms.bytes.subarray(terms.starts[termId], terms.bytes.indexOf(0xff, terms.starts[termId]));
      const isPositional = hasPositions(term);
      writer.startTerm(term, end - first);
      for (let i = first; i < end; i++) {
        positions.start = positionsStart[i] as number;
        positions.end = isPositional ? endOfPositions(bytes, positions.start) : positions.start;
        writer.addPosting(docs[i] as number, fieldFrequencies[i] as number, positions);
      }
    }
    return writer.finish();
  }
}

/** Postings grouped by document. Those of document `d` start at `documentsStart[d]`. */
type ForwardIndex = {
  readonly termIds: Uint32Array;
  readonly fieldFrequencies: Uint8Array;
  readonly positionsStart: Uint32Array;
  readonly documentsStart: readonly number[];
};

/** Counting sort: returns the postings grouped by term ID, with their new document numbers in ascending order. */
function* groupByTerm(forward: ForwardIndex, termCount: number, order: Uint32Array) {
  const { termIds, documentsStart } = forward;
  const starts = new Uint32Array(termCount + 1);
  for (let i = 0; i < termIds.length; i++) (starts[(termIds[i] as number) + 1] as number)++;
  for (let termId = 0; termId < termCount; termId++) (starts[termId + 1] as number) += starts[termId] as number;
  yield;
  const next = starts.slice();
  const docs = new Uint32Array(termIds.length);
  const fieldFrequencies = new Uint8Array(termIds.length);
  const positionsStart = new Uint32Array(termIds.length);
  for (let doc = 0; doc < order.length; doc++) {
    if (doc % documentsPerStep === 0) yield;
    const document = order[doc] as number;
    for (let i = documentsStart[document] as number; i < (documentsStart[document + 1] as number); i++) {
      const termId = termIds[i] as number;
      const index = next[termId] as number;
      next[termId] = index + 1;
      docs[index] = doc;
      fieldFrequencies[index] = forward.fieldFrequencies[i] as number;
      positionsStart[index] = forward.positionsStart[i] as number;
    }
  }
  return { starts, docs, fieldFrequencies, positionsStart };
}
