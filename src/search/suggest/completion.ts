/** Completes a prefix to topics or authors, those with the most papers first. */
import type { Completion, CompletionRequest } from '#core/ports/papers.ts';
import { foldText } from '#core/text/terms.ts';
import type { Segment } from '#search/index/segment.ts';
import { type FieldPrefix, fieldPrefixes, nameSeparator } from '#search/index/term-dictionary.ts';

export function complete(segments: readonly Segment[], { kind, prefix, limit }: CompletionRequest): Completion[] {
  const folded = foldText(prefix.trim());
  if (folded === '' || folded.includes(nameSeparator)) return [];
  const found = new Map<string, { value: string; count: number; countMax: number }>();
  for (const segment of segments) {
    const ordinals =
      kind === 'tag' ? topicOrdinals(segment, folded) : ordinalsWithWord(segment, fieldPrefixes.authorName, folded);
    for (const ordinal of ordinals) {
      const [key = '', value = key] = segment.postings.terms.text(ordinal).split(nameSeparator);
      add(found, key, { value, count: segment.documentFrequency(ordinal) });
    }
  }
  const labels =
    kind === 'tag' ? new Map(segments.flatMap(({ topics }) => topics.map(({ slug, label }) => [slug, label]))) : null;
  return [...found.values()]
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit)
    .map(({ value, count }) => ({ value, label: labels?.get(value) ?? value, count }));
}

/** Adds up the spellings of a name and shows the most frequent spelling. */
function add(
  found: Map<string, { value: string; count: number; countMax: number }>,
  key: string,
  { value, count }: { readonly value: string; readonly count: number },
): void {
  const known = found.get(key);
  if (!known) {
    found.set(key, { value, count, countMax: count });
    return;
  }
  known.count += count;
  if (count > known.countMax) {
    known.value = value;
    known.countMax = count;
  }
}

/** Finds a topic by its slug and by its label: `gui-agents` is also “GUI and web agents”. */
function topicOrdinals(segment: Segment, prefix: string): Set<number> {
  const ordinals = ordinalsWithWord(segment, fieldPrefixes.tag, prefix.replaceAll(' ', '-'));
  const labelled = segment.topics.filter(({ label }) => ` ${foldText(label)}`.includes(` ${prefix}`));
  for (const { slug } of labelled) ordinals.add(segment.postings.terms.find(fieldPrefixes.tag + slug));
  return ordinals;
}

/** Returns the ordinals of the terms in which a word starts with `prefix`. */
function ordinalsWithWord(
  { postings: { terms: dictionary } }: Segment,
  kind: FieldPrefix,
  prefix: string,
): Set<number> {
  const { from, to } = dictionary.range(kind + prefix);
  const ordinals = new Set(Array.from({ length: to - from }, (_, i) => from + i));
  const all = dictionary.range(kind);
  const first = dictionary.starts[all.from] as number;
  const bytes = Buffer.from(
    dictionary.bytes.buffer,
    dictionary.bytes.byteOffset + first,
    (dictionary.starts[all.to] as number) - first,
  );
  // Search by bytes: `indexOf` with a string that contains a lone surrogate crashes the process.
  const laterWord = Buffer.from((kind === fieldPrefixes.tag ? '-' : ' ') + prefix);
  for (let at = bytes.indexOf(laterWord); at >= 0; at = bytes.indexOf(laterWord, at + 1))
    ordinals.add(dictionary.ordinalAt(first + at));
  return ordinals;
}
