/** Builds a segment from documents in any order: analysed one by one, then inverted in date order. */
import type { SearchDocument } from '#core/ports';
import { analyze } from './analysis.ts';
import { compareRows, type Row, toColumns, toRow } from './columns.ts';
import { GrowingBytes, GrowingInts } from './growing.ts';
import { KeyNumbers } from './key-numbers.ts';
import { KeyUses } from './key-uses.ts';
import { type Postings, PostingsWriter } from './postings.ts';
import { Segment, type Topic } from './segment.ts';

export class SegmentBuilder {
  readonly #rows: Row[] = [];
  readonly #keys = new KeyNumbers();
  readonly #uses = new KeyUses();
  readonly #topics = new Map<string, Topic & { readonly number: number }>();
  /** One entry a posting, document after document: key, byte of fields, where its positions begin. */
  readonly #postingKeys = new GrowingInts();
  readonly #postingFields = new GrowingBytes();
  readonly #postingPositions = new GrowingInts();
  readonly #positions = new GrowingBytes();
  readonly #documentsStart: number[] = [0];

  get size(): number {
    return this.#rows.length;
  }

  paperKeys(): number[] {
    return this.#rows.map((row) => row.keys);
  }

  add(document: SearchDocument): void {
    const uses = this.#uses;
    const analysis = analyze(document, this.#keys, uses);
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
    const order = Uint32Array.from(this.#rows.keys()).sort((a, b) => compareRows(this.#rows[a] as Row, this.#rows[b] as Row));
    this.#postingPositions.push(this.#positions.length);
    return new Segment({
      postings: this.#invert(order),
      columns: toColumns(Array.from(order, (row) => this.#rows[row] as Row)),
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

  #invert(order: Uint32Array): Postings {
    const postingKeys = this.#postingKeys.finish();
    const { starts, postings, docs } = groupByKey(postingKeys, this.#keys.size, { order, documentsStart: this.#documentsStart });
    const writer = new PostingsWriter();
    const [fields, positionsAt, source] = [this.#postingFields.finish(), this.#postingPositions.finish(), this.#positions.finish()];
    const run = { source, start: 0, end: 0 };
    for (const { bytes, number } of this.#keys.sorted()) {
      writer.begin(bytes);
      for (let i = starts[number] as number; i < (starts[number + 1] as number); i++) {
        const posting = postings[i] as number;
        run.start = positionsAt[posting] as number;
        run.end = positionsAt[posting + 1] as number;
        writer.add(docs[i] as number, fields[posting] as number, run);
      }
    }
    return writer.finish();
  }
}

type Documents = { readonly order: Uint32Array; readonly documentsStart: readonly number[] };

/** A counting sort: the postings of each key with their documents' new numbers, in the order of those. */
function groupByKey(postingKeys: Uint32Array, keyCount: number, { order, documentsStart }: Documents) {
  const starts = new Uint32Array(keyCount + 1);
  for (let i = 0; i < postingKeys.length; i++) (starts[(postingKeys[i] as number) + 1] as number)++;
  for (let key = 0; key < keyCount; key++) (starts[key + 1] as number) += starts[key] as number;
  const next = starts.slice();
  const postings = new Uint32Array(postingKeys.length);
  const docs = new Uint32Array(postingKeys.length);
  for (let doc = 0; doc < order.length; doc++) {
    const document = order[doc] as number;
    for (let i = documentsStart[document] as number; i < (documentsStart[document + 1] as number); i++) {
      const key = postingKeys[i] as number;
      const slot = next[key] as number;
      next[key] = slot + 1;
      postings[slot] = i;
      docs[slot] = doc;
    }
  }
  return { starts, postings, docs };
}
