/** Puts the columns of segments together, a column a step. */
import { type DocValues, type FixedColumn, type FixedName, mapFixed, startsOf } from '#search/index/doc-values.ts';
import type { Topic } from '#search/index/segment.ts';
import { type DocIdMap, gone, type Source } from './doc-id-map.ts';

type RaggedColumn = Uint16Array | Uint32Array | Int32Array;

export function* mergeDocValues(
  sources: readonly Source[],
  places: DocIdMap,
  topics: readonly Topic[],
): Generator<void, DocValues> {
  const columns = sources.map(({ segment }) => segment.columns);
  const fixed = yield* mapFixed((name, create) => gatherFixed(create(places.doc.length), columns, { places, name }));
  const numbers = new Map(topics.map((topic, number) => [topic.slug, number]));
  const topicNumbers = sources.map(({ segment }) =>
    Uint16Array.from(segment.topics, (topic) => numbers.get(topic.slug) ?? 0),
  );
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
  return {
    ...fixed,
    byKey: yield* mergeByKey(sources, fixed.keys as Float64Array),
    topicsStart,
    topicIds,
    listingsStart,
    listingDays,
    listingPositions,
  };
}

type FixedGather = { readonly places: DocIdMap; readonly name: FixedName };

function gatherFixed(target: FixedColumn, columns: readonly DocValues[], { places, name }: FixedGather): FixedColumn {
  const own = columns.map((each) => each[name]);
  for (let doc = 0; doc < target.length; doc++)
    target[doc] = own[places.source[doc] as number]?.[places.doc[doc] as number] as number;
  return target;
}

function lengthsOf(starts: readonly Uint32Array[], { source, doc }: DocIdMap): Uint32Array {
  return doc.map((from, i) => {
    const own = starts[source[i] as number];
    return (own?.[from + 1] ?? 0) - (own?.[from] ?? 0);
  });
}

type RaggedGather = {
  readonly places: DocIdMap;
  readonly starts: Uint32Array;
  readonly map: (source: number, value: number) => number;
};

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

/** Each source's list of documents by key is sorted already: two by two they become one. */
function* mergeByKey(sources: readonly Source[], keys: Float64Array): Generator<void, Uint32Array> {
  let runs = sources.map(({ segment, docs }) =>
    segment.columns.byKey.map((doc) => docs[doc] as number).filter((doc) => doc !== gone),
  );
  while (runs.length > 1) {
    const merged: typeof runs = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(mergeRuns(runs[i] as Uint32Array, runs[i + 1] ?? new Uint32Array(0), keys));
      yield;
    }
    runs = merged;
  }
  return runs[0] ?? new Uint32Array(0);
}

function mergeRuns(a: Uint32Array, b: Uint32Array, keys: Float64Array): Uint32Array<ArrayBuffer> {
  const merged = new Uint32Array(a.length + b.length);
  for (let i = 0, j = 0; i + j < merged.length; ) {
    const isFirst =
      j === b.length || (i < a.length && (keys[a[i] as number] as number) < (keys[b[j] as number] as number));
    merged[i + j] = isFirst ? (a[i++] as number) : (b[j++] as number);
  }
  return merged;
}
