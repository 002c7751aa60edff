/** Reads the papers of search hits. */
import type { Paper } from '#core/paper.ts';
import type { PaperKey, PaperReader } from '#core/ports/papers.ts';

/** Keeps the order of the hits. Omits papers that were merged into others after the search. */
export async function withPapers<Hit extends { readonly key: PaperKey }>(
  reader: Pick<PaperReader, 'papersByKey'>,
  hits: readonly Hit[],
): Promise<(Hit & { readonly paper: Paper })[]> {
  const papers = await reader.papersByKey(hits.map(({ key }) => key));
  return hits.flatMap((hit) => {
    const paper = papers.get(hit.key);
    return paper ? [{ ...hit, paper }] : [];
  });
}
