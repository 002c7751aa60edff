/** Builds a segment from documents in any order: analysed one by one, then inverted in date order. */
import type { SearchDocument } from '#core/ports/papers.ts';
import { ByteBuilder, IntBuilder } from '#search/index/array-builder.ts';
import { columnsInSteps, compareRows, type Row, toRow } from '#search/index/doc-values.ts';
import { endOfRun, hasPositions, type Postings } from '#search/index/postings.ts';
import { Segment, type Topic } from '#search/index/segment.ts';
import { atOnce } from '#search/index/steps.ts';
import { Analyzer } from './analyzer.ts';
import { DocumentPostings } from './document-postings.ts';
import { PostingsWriter } from './postings-writer.ts';
import { TermInterner } from './term-interner.ts';

/** Documents, and keys with few postings, in one step: some milliseconds of work. */
const documentsPerStep = 256;
const keysPerStep = 2048;

export class SegmentWriter {
  readonly #rows: Row[] = [];
  readonly #keys = new TermInterner();
  readonly #uses = new DocumentPostings();
  readonly #analyzer = new Analyzer(this.#keys, this.#uses);
  readonly #topics = new Map<string, Topic & { readonly number: number }>();
  /** One entry a posting, document after document: key, byte of fields, where its positions begin. */
  readonly #postingKeys = new IntBuilder();
  readonly #postingFields = new ByteBuilder();
  readonly #postingPositions = new IntBuilder();
  readonly #positions = new ByteBuilder();
  readonly #documentsStart: number[] = [0];

  get size(): number {
    return this.#rows.length;
  }

  add(document: SearchDocument): void {
    const uses = this.#uses;
    const analysis = this.#analyzer.analyze(document);
    for (let slot = 0; slot < uses.size; slot++) {
      this.#postingKeys.push(uses.key(slot));
      this.#postingFields.push(uses.fields(slot));
      this.#postingPositions.push(this.#positions.length);
      uses.writePositions(slot, this.#positions);
    }
    this.#documentsStart.push(this.#postingKeys.length);
    this.#rows.push(toRow(document, analysis, this.#topicsOf(document)));
  }

  finish(): Segment {
    return atOnce(this.finishInSteps());
  }

  *finishInSteps(): Generator<void, Segment> {
    const order = Uint32Array.from(this.#rows.keys()).sort((a, b) =>
      compareRows(this.#rows[a] as Row, this.#rows[b] as Row),
    );
    yield;
    const postings = yield* this.#invert(order);
    return new Segment({
      postings,
      docValues: yield* columnsInSteps(Array.from(order, (row) => this.#rows[row] as Row)),
      topics: [...this.#topics.values()].map(({ slug, label }) => ({ slug, label })),
    });
  }

  #topicsOf(document: SearchDocument): number[] {
    return document.tags
      .filter((tag) => tag.kind === 'topic')
      .map(({ slug, label }) => {
        const known = this.#topics.get(slug) ?? { slug, label, number: this.#topics.size };
        this.#topics.set(slug, known);
        return known.number;
      });
  }

  *#invert(order: Uint32Array): Generator<void, Postings> {
    const source = this.#positions.finish();
    const { starts, docs, fields, positions } = yield* groupByKey(
      {
        keys: this.#postingKeys.finish(),
        fields: this.#postingFields.finish(),
        positions: this.#postingPositions.finish(),
        documentsStart: this.#documentsStart,
      },
      this.#keys.size,
      order,
    );
    const writer = new PostingsWriter(order.length);
    const run = { source, start: 0, end: 0 };
    const keys = yield* this.#keys.sortInSteps();
    for (const [at, number] of keys.order.entries()) {
      if (at % keysPerStep === 0) yield;
      const [first, end] = [starts[number] as number, starts[number + 1] as number];
      // A beginning has a number for every field as soon as it is in one.
      if (first === end) continue;
      const key = keys.source.subarray(keys.starts[number], keys.source.indexOf(0xff, keys.starts[number]));
      const positioned = hasPositions(key);
      writer.begin(key, end - first);
      for (let i = first; i < end; i++) {
        run.start = positions[i] as number;
        run.end = positioned ? endOfRun(source, run.start) : run.start;
        writer.add(docs[i] as number, fields[i] as number, run);
      }
    }
    return writer.finish();
  }
}

/** Postings document by document; `documentsStart` says where each document's begin. */
type Forward = {
  readonly keys: Uint32Array;
  readonly fields: Uint8Array;
  readonly positions: Uint32Array;
  readonly documentsStart: readonly number[];
};

/** A counting sort: the postings of each key with their documents' new numbers, in the order of those. */
function* groupByKey(forward: Forward, keyCount: number, order: Uint32Array) {
  const { keys, documentsStart } = forward;
  const starts = new Uint32Array(keyCount + 1);
  for (let i = 0; i < keys.length; i++) (starts[(keys[i] as number) + 1] as number)++;
  for (let key = 0; key < keyCount; key++) (starts[key + 1] as number) += starts[key] as number;
  yield;
  const next = starts.slice();
  const docs = new Uint32Array(keys.length);
  const fields = new Uint8Array(keys.length);
  const positions = new Uint32Array(keys.length);
  for (let doc = 0; doc < order.length; doc++) {
    if (doc % documentsPerStep === 0) yield;
    const document = order[doc] as number;
    for (let i = documentsStart[document] as number; i < (documentsStart[document + 1] as number); i++) {
      const key = keys[i] as number;
      const slot = next[key] as number;
      next[key] = slot + 1;
      docs[slot] = doc;
      fields[slot] = forward.fields[i] as number;
      positions[slot] = forward.positions[i] as number;
    }
  }
  return { starts, docs, fields, positions };
}
