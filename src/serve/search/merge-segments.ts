/** Makes one segment of two, leaving out what was struck out: in steps, so that searches go on between them. */
import { compareRows } from './columns.ts';
import { gone, mergeColumns, type Places, type Source, type Sources } from './merge-columns.ts';
import { hasPositions, listLength, type PositionRun, type Postings, PostingsWriter } from './postings.ts';
import { Segment } from './segment.ts';
import { endOfRun, TermBlocks } from './term-blocks.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Lists between two steps: some milliseconds of work. */
const listsPerStep = 2000;
const postingsPerStep = 200_000;

/** Yields between steps and returns the merged segment; the documents that live when it starts are in it. */
export function* mergeSegments(a: Segment, b: Segment): Generator<void, Segment> {
  const sources: Sources = [toSource(a), toSource(b)];
  const places = placesOf(sources);
  yield;
  const topics = [...new Map([...a.topics, ...b.topics].map((topic) => [topic.slug, topic])).values()];
  const columns = yield* mergeColumns(sources, places, topics);
  const writer = new PostingsWriter();
  yield* mergeLists(sources, writer);
  return new Segment({ postings: writer.finish(), columns, topics });
}

function toSource(segment: Segment): Source {
  return { segment, docs: new Uint32Array(segment.size).fill(gone) };
}

/** Where each merged document comes from, in their common order; fills `docs` with the new numbers. */
function placesOf(sources: Sources): Places {
  const count = sources[0].segment.liveCount + sources[1].segment.liveCount;
  const places = { source: new Uint8Array(count), doc: new Uint32Array(count) };
  const living = sources.map(({ segment }) => segment.live.toArray());
  const next = [0, 0];
  const rank = (which: number) => {
    const doc = living[which]?.[next[which] as number];
    const columns = sources[which as 0 | 1].segment.columns;
    return doc === undefined ? null : { from: columns.from[doc] as number, keys: columns.keys[doc] as number };
  };
  for (let doc = 0; doc < count; doc++) {
    const [a, b] = [rank(0), rank(1)];
    const which = a && (!b || compareRows(a, b) < 0) ? 0 : 1;
    const from = living[which]?.[next[which] as number] as number;
    (next[which] as number)++;
    places.source[doc] = which;
    places.doc[doc] = from;
    sources[which].docs[from] = doc;
  }
  return places;
}

function* mergeLists(sources: Sources, writer: PostingsWriter): Generator<void, void> {
  const [x, y] = sources.map(({ segment }) => segment.postings) as [Postings, Postings];
  let work = 0;
  for (let i = 0, j = 0; i < x.vocabulary.size || j < y.vocabulary.size; ) {
    const order = compareKeys(x.vocabulary, i, { vocabulary: y.vocabulary, at: j });
    const key = order <= 0 ? x.vocabulary.bytesOf(i) : y.vocabulary.bytesOf(j);
    const lists: LivingList[] = [];
    if (order <= 0) lists.push(new LivingList(sources[0], i++));
    if (order >= 0) lists.push(new LivingList(sources[1], j++));
    work += writeList(key, lists, writer) + postingsPerStep / listsPerStep;
    if (work > postingsPerStep) {
      work = 0;
      yield;
    }
  }
}

/** What has no key any more stands behind everything. */
function compareKeys(vocabulary: Vocabulary, at: number, other: { readonly vocabulary: Vocabulary; readonly at: number }): number {
  if (at >= vocabulary.size) return 1;
  if (other.at >= other.vocabulary.size) return -1;
  return Buffer.compare(vocabulary.bytesOf(at), other.vocabulary.bytesOf(other.at));
}

function writeList(key: Uint8Array, lists: readonly LivingList[], writer: PostingsWriter): number {
  let written = 0;
  for (;;) {
    let least: LivingList | null = null;
    for (const list of lists) if (list.doc !== gone && (least === null || list.doc < least.doc)) least = list;
    if (!least) return written;
    if (written++ === 0) writer.begin(key);
    writer.add(least.doc, least.fields, least.run);
    least.advance();
  }
}

/** One list's living postings with their new document numbers. */
class LivingList {
  doc = gone;
  fields = 0;
  readonly run: PositionRun & { start: number; end: number };
  readonly #source: Source;
  readonly #blocks: TermBlocks;
  readonly #positioned: boolean;
  #place = -1;

  constructor(source: Source, term: number) {
    const { postings } = source.segment;
    this.#source = source;
    this.#blocks = new TermBlocks(postings, term);
    this.#positioned = listLength(postings, term) > 0 && hasPositions(postings.vocabulary.bytesOf(term));
    const at = postings.positionsStart[term] as number;
    this.run = { source: postings.positions, start: at, end: at };
    this.advance();
  }

  advance(): void {
    do {
      this.#place++;
      if (this.#place >= this.#blocks.count) {
        if (!this.#blocks.nextAny()) {
          this.doc = gone;
          return;
        }
        this.#place = 0;
      }
      this.run.start = this.run.end;
      if (this.#positioned) this.run.end = endOfRun(this.run.source, this.run.start);
      this.doc = this.#source.docs[this.#blocks.docs[this.#place] as number] as number;
    } while (this.doc === gone);
    this.fields = this.#source.segment.postings.fields[this.#blocks.first + this.#place] as number;
  }
}
