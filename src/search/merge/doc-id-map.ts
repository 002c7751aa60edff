/** Where the documents of segments go when these are merged. */
import { compareRows } from '#search/index/doc-values.ts';
import type { Segment } from '#search/index/segment.ts';

/** No document: it was struck out before the merge began. */
export const gone = 0xffffffff;

/** A segment and the new number of each of its documents. */
export type Source = { readonly segment: Segment; readonly docs: Uint32Array };

/** Which source a merged document comes from, and its number there. */
export type DocIdMap = { readonly source: Uint16Array; readonly doc: Uint32Array };

const documentsPerStep = 20_000;

export function toSource(segment: Segment): Source {
  return { segment, docs: new Uint32Array(segment.size).fill(gone) };
}

/** The living documents in their common order, in steps; fills `docs` with the new numbers. */
export function* buildDocIdMap(sources: readonly Source[]): Generator<void, DocIdMap> {
  const count = sources.reduce((total, { segment }) => total + segment.liveCount, 0);
  const places = { source: new Uint16Array(count), doc: new Uint32Array(count) };
  const heads = sources.map(({ segment }, at) => ({
    at,
    living: segment.liveDocs.toArray(),
    next: 0,
    columns: segment.columns,
  }));
  type Head = (typeof heads)[number];
  const row = ({ columns, living, next }: Head) => ({
    from: columns.from[living[next] as number] as number,
    keys: columns.keys[living[next] as number] as number,
  });
  // A list of the sources by their next document, the least first: it stays nearly in order from one document to the next.
  const order = heads.filter(({ living }) => living.length > 0).map((head) => ({ head, row: row(head) }));
  order.sort((a, b) => compareRows(a.row, b.row));
  for (let doc = 0; doc < count; doc++) {
    const first = order[0] as (typeof order)[number];
    const { head } = first;
    const from = head.living[head.next++] as number;
    places.source[doc] = head.at;
    places.doc[doc] = from;
    (sources[head.at] as Source).docs[from] = doc;
    if (doc % documentsPerStep === 0) yield;
    if (head.next === head.living.length) order.shift();
    else {
      first.row = row(head);
      for (let i = 1; i < order.length && compareRows(first.row, (order[i] as typeof first).row) > 0; i++) {
        order[i - 1] = order[i] as typeof first;
        order[i] = first;
      }
    }
  }
  return places;
}
