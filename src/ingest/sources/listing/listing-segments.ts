/** Which blocks of text between two lines of facts are titles, abstracts, or neither: the cheapest reading of them all. */
import { toNumber } from './listing-lines.ts';

/** As much of a block as this file looks at. */
type Text = { readonly lines: readonly string[] };
export type Label = 'title' | 'abstract' | 'noise';

/** No title is longer, and no line of a hard-wrapped text. */
export const proseCharsMin = 250;

const charsOf = (block: Text): number => block.lines.reduce((sum, line) => sum + line.length + 1, -1);
const endsSentence = (block: Text): boolean => /[.:;,]["'”’)\]}]*$/.test(block.lines.at(-1) ?? '');

/** Short, and no sentence. */
export const isTitleLike = (block: Text): boolean => charsOf(block) <= proseCharsMin && !endsSentence(block);

/** A number by itself, else null: on some pages a paper's votes stand above its title. */
export const votesOf = (block: Text | undefined): number | null =>
  block?.lines.length === 1 ? toNumber(/^\d[\d,]*$/.exec(block.lines[0] ?? '')?.[0]) : null;

/** The cheapest way to read the blocks so far, by the label of the last. */
type Path = { readonly label: Label; readonly cost: number; readonly before: Path | null };

const followers: Readonly<Record<Label, readonly Label[]>> = {
  title: ['abstract'],
  abstract: ['abstract', 'title', 'noise'],
  noise: ['title', 'noise'],
};

/**
 * A label for each block, for the lowest sum of costs; a paper is a title and at least one abstract. `hasFacts` says that facts follow,
 * so that the last block must be an abstract. Without a possible reading all is noise.
 */
export function labelBlocks(blocks: readonly Text[], hasFacts: boolean): readonly Label[] {
  let paths: readonly Path[] = [{ label: 'noise', cost: 0, before: null }];
  for (const block of blocks) paths = extendPaths(paths, block, hasFacts);
  const ends = paths.filter(({ label }) => label === 'abstract' || (label === 'noise' && !hasFacts));
  const labels: Label[] = [];
  for (let path = cheapest(ends); path?.before; path = path.before) labels.push(path.label);
  return labels.length === 0 ? blocks.map(() => 'noise') : labels.reverse();
}

function extendPaths(paths: readonly Path[], block: Text, hasFacts: boolean): Path[] {
  const extended: Path[] = [];
  for (const label of ['title', 'abstract', 'noise'] as const) {
    const ways = paths
      .filter((path) => followers[path.label].includes(label))
      .map((path) => ({
        label,
        cost: path.cost + costOf(block, label, { after: path.label, hasFacts }),
        before: path,
      }));
    const best = cheapest(ways.filter(({ cost }) => cost < Number.POSITIVE_INFINITY));
    if (best) extended.push(best);
  }
  return extended;
}

function cheapest(paths: readonly Path[]): Path | null {
  return paths.reduce<Path | null>((best, path) => (best && best.cost <= path.cost ? best : path), null);
}

/**
 * The figures only rank readings: a short text is rather a title, a sentence rather an abstract, a second paragraph rather belongs to
 * the same abstract; nothing is thrown away while a plausible paper can be made of it. At the end of a page, where no facts follow,
 * short lines are rather its footer.
 */
function costOf(block: Text, label: Label, at: { readonly after: Label; readonly hasFacts: boolean }): number {
  const isShort = isTitleLike(block);
  const endsBarePaper = at.after === 'abstract' ? 0.5 : 0;
  if (label === 'noise') return (isShort ? 2.5 : 4) + endsBarePaper;
  if (label === 'abstract' && votesOf(block) !== null) return Number.POSITIVE_INFINITY;
  if (label === 'title') return titleCost(block) + endsBarePaper;
  if (!isShort) return 0;
  return (at.after === 'abstract' ? 2 : 3) * (at.hasFacts ? 1 : 2);
}

function titleCost(block: Text): number {
  if (charsOf(block) > proseCharsMin) return Number.POSITIVE_INFINITY;
  return (endsSentence(block) ? 1.5 : 0) + (block.lines.some((line) => /\p{L}/u.test(line)) ? 0 : 1);
}
