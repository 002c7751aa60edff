/** Counts papers that have a topic's slug as a keyword only. `tag:` finds them, so the topic facet counts them too. */
import type { DocSet } from '#search/index/doc-set.ts';
import { fieldMasks } from '#search/index/field-frequencies.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { filterByTerms } from '#search/match/filter-text.ts';
import type { FacetCounts } from './facet-counts.ts';

type SegmentMatches = { readonly segment: Segment; readonly full: { readonly set: DocSet } };

/** Adds these papers to the counts of the topics. A slug that is not the topic of any live paper is not counted. */
export function addKeywordTaggedTopics(counts: FacetCounts, results: readonly SegmentMatches[]): void {
  for (const [slug, label] of topicsIn(results)) {
    for (const { segment, full } of results) {
      let count = 0;
      for (const doc of keywordOnlyDocs(segment, slug)) if (full.set.has(doc)) count++;
      if (count > 0) counts.addTopic(slug, { label, count });
    }
  }
}

/** Returns the labels of the topics of live papers, by slug. */
function topicsIn(results: readonly SegmentMatches[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { segment } of results) {
    const { topics } = segment.allCounts;
    for (const [i, { slug, label }] of segment.topics.entries())
      if ((topics[i] as number) > 0) labels.set(slug, labels.get(slug) ?? label);
  }
  return labels;
}

const noDocs = new Uint32Array();

/**
 * Returns the documents with the slug as a keyword that do not have the topic.
 * Cached per segment: documents deleted later are not in any result.
 */
function keywordOnlyDocs(segment: Segment, slug: string): Uint32Array {
  const known = segment.keywordTaggedTopics.get(slug);
  if (known) return known;
  const topic = segment.topics.findIndex((one) => one.slug === slug);
  const ordinal = segment.postings.terms.find(fieldPrefixes.tag + slug);
  const isTopicOnly = segment.documentFrequency(ordinal) === (segment.allCounts.topics[topic] ?? 0);
  const docs = isTopicOnly ? noDocs : documentsWithout(segment, ordinal, topic);
  segment.keywordTaggedTopics.set(slug, docs);
  return docs;
}

function documentsWithout(segment: Segment, ordinal: number, topic: number): Uint32Array {
  const { liveDocs, buffers, docValues: columns } = segment;
  const mark = buffers.setsInUse;
  const set = buffers.takeCopy(liveDocs);
  filterByTerms(segment, set, { ordinals: [ordinal], mask: fieldMasks.any });
  const documents = set
    .toArray()
    .filter(
      (doc) => !columns.topicIds.subarray(columns.topicsStart[doc], columns.topicsStart[doc + 1]).includes(topic),
    );
  buffers.release(mark);
  return documents;
}
