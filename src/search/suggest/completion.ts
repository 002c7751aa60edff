/** Topics and authors that go on from what one has typed, those of most papers first. */
import type { Completion, CompletionRequest } from '#core/ports/papers.ts';
import { foldText } from '#core/text/terms.ts';
import type { Segment } from '#search/index/segment.ts';
import { type FieldPrefix, fieldPrefixes, nameSeparator } from '#search/index/term-dictionary.ts';

export function complete(segments: readonly Segment[], { kind, prefix, limit }: CompletionRequest): Completion[] {
  const folded = foldText(prefix.trim());
  if (folded === '' || folded.includes(nameSeparator)) return [];
  const found = new Map<string, { value: string; count: number; most: number }>();
  for (const segment of segments) {
    const terms = kind === 'tag' ? tagsWith(segment, folded) : termsWith(segment, fieldPrefixes.authorName, folded);
    for (const term of terms) {
      const [key = '', value = key] = segment.postings.terms.text(term).split(nameSeparator);
      add(found, key, { value, count: segment.documentFrequency(term) });
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

/** Spellings of one name count together; the most frequent one stands for them. */
function add(
  found: Map<string, { value: string; count: number; most: number }>,
  key: string,
  { value, count }: { readonly value: string; readonly count: number },
): void {
  const known = found.get(key);
  if (!known) {
    found.set(key, { value, count, most: count });
    return;
  }
  known.count += count;
  if (count > known.most) {
    known.value = value;
    known.most = count;
  }
}

/** By slug or by label: `gui-agents` is also “GUI and web agents”. */
function tagsWith(segment: Segment, prefix: string): Set<number> {
  const terms = termsWith(segment, fieldPrefixes.tag, prefix.replaceAll(' ', '-'));
  const labelled = segment.topics.filter(({ label }) => ` ${foldText(label)}`.includes(` ${prefix}`));
  for (const { slug } of labelled) terms.add(segment.postings.terms.find(fieldPrefixes.tag + slug));
  return terms;
}

/** Numbers of the keys in which `prefix` begins the key or a later word of it. */
function termsWith({ postings: { terms: vocabulary } }: Segment, kind: FieldPrefix, prefix: string): Set<number> {
  const { from, to } = vocabulary.range(kind + prefix);
  const terms = new Set(Array.from({ length: to - from }, (_, i) => from + i));
  const all = vocabulary.range(kind);
  const first = vocabulary.starts[all.from] as number;
  const bytes = Buffer.from(
    vocabulary.bytes.buffer,
    vocabulary.bytes.byteOffset + first,
    (vocabulary.starts[all.to] as number) - first,
  );
  const inner = Buffer.from((kind === fieldPrefixes.tag ? '-' : ' ') + prefix); // as a string, half a surrogate pair would end the process
  for (let at = bytes.indexOf(inner); at >= 0; at = bytes.indexOf(inner, at + 1)) terms.add(vocabulary.at(first + at));
  return terms;
}
