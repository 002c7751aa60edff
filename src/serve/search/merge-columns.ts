/** Puts the columns of two segments together, a column a step. */
import { type Columns, type FixedColumn, type FixedName, mapFixed, startsOf } from './columns.ts';
import type { Segment, Topic } from './segment.ts';

/** No document: it was struck out before the merge began. */
export const gone = 0xffffffff;

/** A segment and the new number of each of its documents. */
export type Source = { readonly segment: Segment; readonly docs: Uint32Array };
export type Sources = readonly [Source, Source];
/** Which of the two a merged document comes from, and its number there. */
export type Places = { readonly source: Uint8Array; readonly doc: Uint32Array };

type RaggedColumn = Uint16Array | Uint32Array | Int32Array;

export function* mergeColumns(sources: Sources, places: Places, topics: readonly Topic[]): Generator<void, Columns> {
  const columns = sources.map(({ segment }) => segment.columns) as [Columns, Columns];
  const fixed = mapFixed((name, create) => gatherFixed(create(places.doc.length), columns, { places, name }));
  yield;
  const numbers = new Map(topics.map((topic, number) => [topic.slug, number]));
  const topicNumbers = sources.map(({ segment }) => Uint16Array.from(segment.topics, (topic) => numbers.get(topic.slug) ?? 0));
  const topicsStart = startsOf(
    lengthsOf(
      columns.map((each) => each.topicsStart),
      places,
    ),
  );
  const topicIds = new Uint16Array(topicsStart.at(-1) ?? 0);
  gatherRagged(
    topicIds,
    columns.map((each) => [each.topicsStart, each.topicIds]),
    { places, starts: topicsStart, map: (which, id) => topicNumbers[which]?.[id] ?? 0 },
  );
  yield;
  const listingsStart = startsOf(
    lengthsOf(
      columns.map((each) => each.listingsStart),
      places,
    ),
  );
  const listingDays = new Int32Array(listingsStart.at(-1) ?? 0);
  const listingPositions = new Uint32Array(listingDays.length);
  const map = (_: number, value: number) => value;
  gatherRagged(
    listingDays,
    columns.map((each) => [each.listingsStart, each.listingDays]),
    { places, starts: listingsStart, map },
  );
  gatherRagged(
    listingPositions,
    columns.map((each) => [each.listingsStart, each.listingPositions]),
    { places, starts: listingsStart, map },
  );
  yield;
  return { ...fixed, byKey: mergeByKey(sources, places.doc.length), topicsStart, topicIds, listingsStart, listingDays, listingPositions };
}

type FixedGather = { readonly places: Places; readonly name: FixedName };

function gatherFixed(target: FixedColumn, columns: readonly [Columns, Columns], { places, name }: FixedGather): FixedColumn {
  const [a, b] = [columns[0][name], columns[1][name]];
  for (let doc = 0; doc < target.length; doc++) {
    target[doc] = (places.source[doc] === 0 ? a : b)[places.doc[doc] as number] as number;
  }
  return target;
}

function lengthsOf(starts: readonly Uint32Array[], { source, doc }: Places): Uint32Array {
  return doc.map((from, i) => {
    const own = starts[source[i] as number];
    return (own?.[from + 1] ?? 0) - (own?.[from] ?? 0);
  });
}

type RaggedGather = { readonly places: Places; readonly starts: Uint32Array; readonly map: (source: number, value: number) => number };

function gatherRagged(
  target: RaggedColumn,
  columns: readonly (readonly [Uint32Array, RaggedColumn])[],
  { places, starts, map }: RaggedGather,
): void {
  for (let doc = 0; doc < places.doc.length; doc++) {
    const which = places.source[doc] as number;
    const [ownStarts, values] = columns[which] as readonly [Uint32Array, RaggedColumn];
    const from = ownStarts[places.doc[doc] as number] as number;
    const start = starts[doc] as number;
    const length = (starts[doc + 1] as number) - start;
    for (let i = 0; i < length; i++) target[start + i] = map(which, values[from + i] as number);
  }
}

/** Both lists of documents by key are sorted already. */
function mergeByKey(sources: Sources, count: number): Uint32Array {
  const living = sources.map(({ segment, docs }) => segment.columns.byKey.filter((doc) => docs[doc] !== gone));
  const merged = new Uint32Array(count);
  const next = [0, 0];
  const key = (which: 0 | 1) =>
    sources[which].segment.columns.keys[living[which]?.[next[which] as number] ?? -1] ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const which = key(0) < key(1) ? 0 : 1;
    merged[i] = sources[which].docs[living[which]?.[next[which] as number] as number] as number;
    (next[which] as number)++;
  }
  return merged;
}
