/** Numbers the live documents of several segments for the merged segment. */
import { compareRows } from '#search/index/doc-values.ts';
import type { Segment } from '#search/index/segment.ts';

/** Value in `docMap` of a document that was deleted before the merge started. */
export const deletedDoc = 0xffffffff;

/** A segment to merge, and the number in the merged segment of each of its documents. */
export type MergeSource = { readonly segment: Segment; readonly docMap: Uint32Array };

/** By document of the merged segment: the index of its source, and its number there. */
export type DocIdMap = { readonly source: Uint16Array; readonly doc: Uint32Array };

const documentsPerStep = 20_000;

export function toMergeSource(segment: Segment): MergeSource {
  return { segment, docMap: new Uint32Array(segment.size).fill(deletedDoc) };
}

/** Merges the live documents in the order of `compareRows`, in steps. Also fills each source's `docMap`. */
export function* buildDocIdMap(sources: readonly MergeSource[]): Generator<void, DocIdMap> {
  const count = sources.reduce((total, { segment }) => total + segment.liveCount, 0);
  const docIdMap = { source: new Uint16Array(count), doc: new Uint32Array(count) };
  const cursors = sources.map(({ segment }, sourceIndex) => ({
    sourceIndex,
    liveDocs: segment.liveDocs.toArray(),
    next: 0,
    columns: segment.docValues,
  }));
  type Cursor = (typeof cursors)[number];
  const row = ({ columns, liveDocs, next }: Cursor) => ({
    from: columns.from[liveDocs[next] as number] as number,
    keys: columns.keys[liveDocs[next] as number] as number,
  });
  // Sorted by the next document. It stays nearly sorted, so an insertion step per document is cheap.
  const queue = cursors.filter(({ liveDocs }) => liveDocs.length > 0).map((cursor) => ({ cursor, row: row(cursor) }));
  queue.sort((a, b) => compareRows(a.row, b.row));
  for (let doc = 0; doc < count; doc++) {
    const first = queue[0] as (typeof queue)[number];
    const { cursor } = first;
    const sourceDoc = cursor.liveDocs[cursor.next++] as number;
    docIdMap.source[doc] = cursor.sourceIndex;
    docIdMap.doc[doc] = sourceDoc;
    (sources[cursor.sourceIndex] as MergeSource).docMap[sourceDoc] = doc;
    if (doc % documentsPerStep === 0) yield;
    if (cursor.next === cursor.liveDocs.length) queue.shift();
    else {
      first.row = row(cursor);
      for (let i = 1; i < queue.length && compareRows(first.row, (queue[i] as typeof first).row) > 0; i++) {
        queue[i - 1] = queue[i] as typeof first;
        queue[i] = first;
      }
    }
  }
  return docIdMap;
}
