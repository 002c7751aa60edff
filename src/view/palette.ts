/** The entries of the command palette: pages, topics, papers and authors. */
import { z } from 'zod';
import type { Paper } from '#core/paper.ts';
import type { TagCount } from '#core/ports/papers.ts';
import { allPapersPath, authorPath, libraryPath, paperPath, tagPath, tagsPath, trendingPath } from './paths.ts';
import { toReadableText } from './text/readable-text.ts';

const PaletteEntrySchema = z.object({
  kind: z.enum(['paper', 'topic', 'author', 'page']),
  label: z.string(),
  href: z.string(),
});
export type PaletteEntry = Readonly<z.infer<typeof PaletteEntrySchema>>;

/** The response of `GET /api/v1/palette`. */
export const PaletteSchema = z.object({ entries: z.array(PaletteEntrySchema).readonly() });
export type Palette = Readonly<z.infer<typeof PaletteSchema>>;

/** Fuzzy search in the browser is fast enough for about this many. */
export const paletteEntriesMax = 1_000;

const pages: readonly PaletteEntry[] = [
  { kind: 'page', label: 'Today', href: '/' },
  { kind: 'page', label: 'Papers', href: allPapersPath },
  { kind: 'page', label: 'Trending', href: trendingPath },
  { kind: 'page', label: 'Topics', href: tagsPath },
  { kind: 'page', label: 'Library', href: libraryPath },
];

export type PaletteData = {
  /** The most recent papers first; those past the limit are omitted. */
  readonly papers: readonly Pick<Paper, 'id' | 'title' | 'authors'>[];
  readonly topics: readonly Pick<TagCount, 'slug' | 'label'>[];
};

/** Returns pages, topics, papers and their authors, up to the limit, without duplicate addresses. */
export function toPalette({ papers, topics }: PaletteData): Palette {
  const entries = new Map<string, PaletteEntry>(pages.map((page) => [page.href, page]));
  const add = (entry: PaletteEntry) => {
    if (entries.size < paletteEntriesMax && !entries.has(entry.href)) entries.set(entry.href, entry);
  };
  for (const { slug, label } of topics) add({ kind: 'topic', label, href: tagPath(slug) });
  // Half of the remaining entries are for authors.
  const paperEnd = (entries.size + paletteEntriesMax) / 2;
  for (const { id, title } of papers) {
    if (entries.size >= paperEnd) break;
    add({ kind: 'paper', label: toReadableText(title), href: paperPath(id) });
  }
  for (const { authors } of papers)
    for (const name of authors.slice(0, 20)) add({ kind: 'author', label: name, href: authorPath(name) });
  return { entries: [...entries.values()] };
}
