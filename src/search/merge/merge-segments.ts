/** Merges segments into one and drops their deleted documents. */
import { Segment } from '#search/index/segment.ts';
import { PostingsWriter } from '#search/write/postings-writer.ts';
import { buildDocIdMap, type MergeSource, toMergeSource } from './doc-id-map.ts';
import { mergeDocValues } from './merge-doc-values.ts';
import { PostingsMerger } from './postings-merger.ts';
import { TermMergeIterator } from './term-merge-iterator.ts';

/** Postings per step: some milliseconds of work. A term costs as much as `postingsPerTerm` postings. */
const postingsPerStep = 200_000;
const postingsPerTerm = 100;

/** Yields between steps and returns the merged segment. Later deletions in the sources are not in it. */
export function* mergeSegments(segments: readonly Segment[]): Generator<void, Segment> {
  const sources = segments.map(toMergeSource);
  const docIdMap = yield* buildDocIdMap(sources);
  const topics = [
    ...new Map(segments.flatMap((segment) => segment.topics).map((topic) => [topic.slug, topic])).values(),
  ];
  const docValues = yield* mergeDocValues(sources, docIdMap, topics);
  const docCount = docIdMap.doc.length;
  const writer = new PostingsWriter(docCount);
  yield* mergePostings(sources, writer, docCount);
  return new Segment({ postings: writer.finish(), docValues, topics });
}

function* mergePostings(
  sources: readonly MergeSource[],
  writer: PostingsWriter,
  docCount: number,
): Generator<void, void> {
  const terms = new TermMergeIterator(sources.map(({ segment }) => segment.postings.terms));
  const merger = new PostingsMerger(docCount);
  let work = 0;
  while (terms.next()) {
    merger.clear();
    for (const i of terms.matches) merger.add(sources[i] as MergeSource, terms.ordinals[i] as number);
    merger.write(terms.term, writer);
    work += merger.length + postingsPerTerm;
    if (work < postingsPerStep) continue;
    work = 0;
    yield;
  }
}
