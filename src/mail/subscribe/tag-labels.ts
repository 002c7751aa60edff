/** Names for the topics that a stored filter mentions. */
import type { PaperReader } from '#core/ports/papers.ts';

/** Of every slug in the filter; those without papers are called what they are. */
export function labelsOf(reader: PaperReader, query: string): Promise<ReadonlyMap<string, string>> {
  const params = new URLSearchParams(query);
  const slugs = [
    ...params.getAll('tag'),
    ...[...(params.get('q') ?? '').matchAll(/tag:"?([^\s"]+)/g)].map((match) => match[1] ?? ''),
  ];
  return reader.tagLabels(slugs.map((slug) => slug.replace(/^-/, '')));
}
