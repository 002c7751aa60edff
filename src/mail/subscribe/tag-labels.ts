/** Looks up the labels of the tags in a stored filter. */
import type { PaperReader } from '#core/ports/papers.ts';

/** Returns a label per slug. A tag without papers has its slug as label. */
export function labelsOf(reader: PaperReader, query: string): Promise<ReadonlyMap<string, string>> {
  const params = new URLSearchParams(query);
  const slugs = [
    ...params.getAll('tag'),
    ...[...(params.get('q') ?? '').matchAll(/tag:"?([^\s"]+)/g)].map((match) => match[1] ?? ''),
  ];
  return reader.tagLabels(slugs.map((slug) => slug.replace(/^-/, '')));
}
