/** From what a search found to the papers themselves: every list reads them here. */
import type { Paper } from '#core/paper.ts';
import type { PaperKey, PaperReader } from '#core/ports/papers.ts';

/** Each hit with its paper, in the order of the hits. Papers that were merged into others since they were found are left out. */
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
