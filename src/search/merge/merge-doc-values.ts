/** Merges the doc values of segments. Yields after each column. */
import {
  buildFixedColumns,
  type DocValues,
  type FixedColumn,
  type FixedName,
  startsOf,
} from '#search/index/doc-values.ts';
import type { Topic } from '#search/index/segment.ts';
import { type DocIdMap, deletedDoc, type MergeSource } from './doc-id-map.ts';

type RaggedColumn = Uint16Array | Uint32Array | Int32Array;

export function* mergeDocValues(
  sources: readonly MergeSource[],
  docIdMap: DocIdMap,
  topics: readonly Topic[],
): Generator<void, DocValues> {
  const columns = sources.map(({ segment }) => segment.docValues);
  const fixed = yield* buildFixedColumns((name, create) =>
    copyFixed(create(docIdMap.doc.length), columns, { docIdMap, name }),
  );
  const topicColumns = mergeTopics(sources, docIdMap, topics);
  yield;
  const listingColumns = mergeListings(columns, docIdMap);
  yield;
  return {
    ...fixed,
    byKey: yield* mergeByKey(sources, fixed.keys as Float64Array),
    ...topicColumns,
    ...listingColumns,
  };
}

function mergeTopics(sources: readonly MergeSource[], docIdMap: DocIdMap, topics: readonly Topic[]) {
  const columns = sources.map(({ segment }) => segment.docValues);
  const numbers = new Map(topics.map((topic, number) => [topic.slug, number]));
  const topicMaps = sources.map(({ segment }) =>
    Uint16Array.from(segment.topics, (topic) => numbers.get(topic.slug) ?? 0),
  );
  const starts = columns.map((each) => each.topicsStart);
  const topicsStart = startsOf(lengthsOf(starts, docIdMap));
  const topicIds = new Uint16Array(topicsStart.at(-1) ?? 0);
  copyRagged(
    topicIds,
    columns.map((each) => [each.topicsStart, each.topicIds]),
    { docIdMap, starts: topicsStart, map: (source, id) => topicMaps[source]?.[id] ?? 0 },
  );
  return { topicsStart, topicIds };
}

function mergeListings(columns: readonly DocValues[], docIdMap: DocIdMap) {
  const starts = columns.map((each) => each.listingsStart);
  const listingsStart = startsOf(lengthsOf(starts, docIdMap));
  const listingDays = new Int32Array(listingsStart.at(-1) ?? 0);
  const listingPositions = new Uint32Array(listingDays.length);
  const copy = { docIdMap, starts: listingsStart, map: (_: number, value: number) => value };
  copyRagged(
    listingDays,
    columns.map((each) => [each.listingsStart, each.listingDays]),
    copy,
  );
  copyRagged(
    listingPositions,
    columns.map((each) => [each.listingsStart, each.listingPositions]),
    copy,
  );
  return { listingsStart, listingDays, listingPositions };
}

type FixedCopy = { readonly docIdMap: DocIdMap; readonly name: FixedName };

function copyFixed(target: FixedColumn, columns: readonly DocValues[], { docIdMap, name }: FixedCopy): FixedColumn {
  const values = columns.map((each) => each[name]);
  for (let doc = 0; doc < target.length; doc++)
    target[doc] = values[docIdMap.source[doc] as number]?.[docIdMap.doc[doc] as number] as number;
  return target;
}

/** Returns the number of values of each merged document in a ragged column. */
function lengthsOf(starts: readonly Uint32Array[], { source, doc }: DocIdMap): Uint32Array {
  return doc.map((sourceDoc, i) => {
    const sourceStarts = starts[source[i] as number];
    return (sourceStarts?.[sourceDoc + 1] ?? 0) - (sourceStarts?.[sourceDoc] ?? 0);
  });
}

type RaggedCopy = {
  readonly docIdMap: DocIdMap;
  readonly starts: Uint32Array;
  readonly map: (source: number, value: number) => number;
};

function copyRagged(
  target: RaggedColumn,
  columns: readonly (readonly [Uint32Array, RaggedColumn])[],
  { docIdMap, starts, map }: RaggedCopy,
): void {
  for (let doc = 0; doc < docIdMap.doc.length; doc++) {
    const source = docIdMap.source[doc] as number;
    const [sourceStarts, values] = columns[source] as readonly [Uint32Array, RaggedColumn];
    const sourceStart = sourceStarts[docIdMap.doc[doc] as number] as number;
    const start = starts[doc] as number;
    const length = (starts[doc + 1] as number) - start;
    for (let i = 0; i < length; i++) target[start + i] = map(source, values[sourceStart + i] as number);
  }
}

/** Merge sort of the sources' `byKey` columns, which are sorted already. */
function* mergeByKey(sources: readonly MergeSource[], keys: Float64Array): Generator<void, Uint32Array> {
  let runs = sources.map(({ segment, docMap }) =>
    segment.docValues.byKey.map((doc) => docMap[doc] as number).filter((doc) => doc !== deletedDoc),
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
    const takesA =
      j === b.length || (i < a.length && (keys[a[i] as number] as number) < (keys[b[j] as number] as number));
    merged[i + j] = takesA ? (a[i++] as number) : (b[j++] as number);
  }
  return merged;
}
