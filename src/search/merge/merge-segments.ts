/** Makes one segment of several, leaving out what was struck out: in steps, so that searches go on between them. */

import { Segment } from '#search/index/segment.ts';
import { PostingsWriter } from '#search/write/postings-writer.ts';
import { buildDocIdMap, type Source, toSource } from './doc-id-map.ts';
import { mergeDocValues } from './merge-doc-values.ts';
import { ListGatherer } from './merge-postings.ts';
import { TermMergeIterator } from './term-merge-iterator.ts';

/** Postings between two steps: some milliseconds of work; a list counts as so many more. */
const postingsPerStep = 200_000;
const postingsPerList = 100;

/** Yields between steps and returns the merged segment; the documents that live when it starts are in it. */
export function* mergeSegments(segments: readonly Segment[]): Generator<void, Segment> {
  const sources = segments.map(toSource);
  const places = yield* buildDocIdMap(sources);
  const topics = [
    ...new Map(segments.flatMap((segment) => segment.topics).map((topic) => [topic.slug, topic])).values(),
  ];
  const columns = yield* mergeDocValues(sources, places, topics);
  const writer = new PostingsWriter(places.doc.length);
  yield* mergeLists(sources, writer, places.doc.length);
  return new Segment({ postings: writer.finish(), docValues: columns, topics });
}

function* mergeLists(sources: readonly Source[], writer: PostingsWriter, size: number): Generator<void, void> {
  const walk = new TermMergeIterator(sources.map(({ segment }) => segment.postings.terms));
  const gatherer = new ListGatherer(size);
  let work = 0;
  while (walk.next()) {
    gatherer.clear();
    for (const at of walk.having) gatherer.add(sources[at] as Source, walk.terms[at] as number);
    gatherer.write(walk.key, writer);
    work += gatherer.length + postingsPerList;
    if (work < postingsPerStep) continue;
    work = 0;
    yield;
  }
}
