/** The read path of a paper's page: the paper, its neighbours in the day's listing, and related papers. */
import type { Paper } from '#core/paper.ts';
import type { PaperKey } from '#core/ports/papers.ts';
import { type CitationView, toCitationView } from '#view/paper/citation-view.ts';
import type { PaperView } from '#view/paper/paper-view.ts';
import { inRelatedOrder, type RelatedSort, relatedPool } from '#view/paper/related-order.ts';
import { type RelatedPaper, toPaperView } from '#view/paper/to-paper-view.ts';
import { paperPath } from '#view/paths.ts';
import { getPaper } from './find-paper.ts';
import type { Library } from './library.ts';
import { withPapers } from './with-papers.ts';

const relatedMax = 8;

export type ShownPaper = { readonly view: PaperView; readonly citation: CitationView };

/** Returns a redirect if `id` is an alias. Throws `not_found`. `sort`: the order of the related papers. */
export async function showPaper(
  library: Library,
  id: string,
  sort: RelatedSort = 'similarity',
): Promise<ShownPaper | { readonly redirect: string }> {
  const found = await getPaper(library.reader, id);
  if (found.paper.id !== id) return { redirect: paperPath(found.paper.id) };
  const [neighbours, related] = await Promise.all([
    neighboursOf(library, found.key, found.paper),
    relatedTo(library, found.key, { limit: relatedMax, sort }),
  ]);
  return {
    view: toPaperView(found.paper, { ...neighbours, related, relatedSort: sort }),
    citation: toCitationView(found.paper, library.siteUrl),
  };
}

export async function relatedTo(
  { reader, suggester }: Library,
  key: PaperKey,
  { limit, sort }: { readonly limit: number; readonly sort: RelatedSort },
): Promise<readonly RelatedPaper[]> {
  const hits = await suggester.related(key, sort === 'similarity' ? limit : Math.max(limit, relatedPool));
  return inRelatedOrder(await withPapers(reader, hits), sort).slice(0, limit);
}

async function neighboursOf(
  { reader }: Library,
  key: PaperKey,
  paper: Paper,
): Promise<{ previous: Paper | null; next: Paper | null }> {
  const day = paper.listings
    .map((listing) => listing.day)
    .sort()
    .at(-1);
  if (day === undefined) return { previous: null, next: null };
  const keys = await reader.listedOn(day);
  const at = keys.indexOf(key);
  const [before = -1, after = -1] = [keys[at - 1], keys[at + 1]];
  const papers = await reader.papersByKey([before, after]);
  return { previous: papers.get(before) ?? null, next: papers.get(after) ?? null };
}
