/** Papers that a source gave a topic's slug as a keyword: `tag:` finds them, so the facet counts them too. */
import type { DocSet } from '#search/index/doc-set.ts';
import { fieldMasks } from '#search/index/field-frequencies.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { filterByTerms } from '#search/match/filter-text.ts';
import type { FacetCounts } from './facet-counts.ts';

type SegmentMatches = { readonly segment: Segment; readonly full: { readonly set: DocSet } };

/** What is a topic of any paper is counted by its slug, whoever said it; a slug that is no paper's topic is a keyword only. */
export function addKeywordTaggedTopics(counts: FacetCounts, shares: readonly SegmentMatches[]): void {
  for (const [slug, label] of topicsIn(shares)) {
    for (const { segment, full } of shares) {
      let count = 0;
      for (const doc of saidIn(segment, slug)) if (full.set.has(doc)) count++;
      if (count > 0) counts.addTopic(slug, { label, count });
    }
  }
}

/** Topics of living papers, with their labels. */
function topicsIn(shares: readonly SegmentMatches[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { segment } of shares) {
    const { topics } = segment.allCounts;
    for (const [i, { slug, label }] of segment.topics.entries())
      if ((topics[i] as number) > 0) labels.set(slug, labels.get(slug) ?? label);
  }
  return labels;
}

const none = new Uint32Array();

/** The documents with the slug that do not have the topic. Looked for once a segment: those that are struck out later are in no result. */
function saidIn(segment: Segment, slug: string): Uint32Array {
  const known = segment.keywordTaggedTopics.get(slug);
  if (known) return known;
  const topic = segment.topics.findIndex((one) => one.slug === slug);
  const term = segment.postings.terms.find(fieldPrefixes.tag + slug);
  const isTopicOnly = segment.documentFrequency(term) === (segment.allCounts.topics[topic] ?? 0);
  const said = isTopicOnly ? none : documentsWithout(segment, term, topic);
  segment.keywordTaggedTopics.set(slug, said);
  return said;
}

function documentsWithout(segment: Segment, term: number, topic: number): Uint32Array {
  const { liveDocs: live, buffers: scratch, columns } = segment;
  const mark = scratch.taken;
  const set = scratch.takeCopy(live);
  filterByTerms(segment, set, { terms: [term], mask: fieldMasks.any });
  const documents = set
    .toArray()
    .filter(
      (doc) => !columns.topicIds.subarray(columns.topicsStart[doc], columns.topicsStart[doc + 1]).includes(topic),
    );
  scratch.release(mark);
  return documents;
}
