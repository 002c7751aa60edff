/** Labels the blocks of text between two lines of metadata as titles, abstracts or noise. */
import { toNumber } from './listing-lines.ts';

/** The part of a block that this file needs. */
type Text = { readonly lines: readonly string[] };
export type Label = 'title' | 'abstract' | 'noise';

/** Limit for titles, and for the lines of hard-wrapped text. */
export const titleCharsMax = 250;

const charsOf = (block: Text): number => block.lines.reduce((sum, line) => sum + line.length + 1, -1);
const endsSentence = (block: Text): boolean => /[.:;,]["'”’)\]}]*$/.test(block.lines.at(-1) ?? '');

/** Returns whether a block is short and does not end like a sentence. */
export const isTitleLike = (block: Text): boolean => charsOf(block) <= titleCharsMax && !endsSentence(block);

/** Returns the number of a block that is only a number, else null. Some pages show the votes above the title. */
export const votesOf = (block: Text | undefined): number | null =>
  block?.lines.length === 1 ? toNumber(/^\d[\d,]*$/.exec(block.lines[0] ?? '')?.[0]) : null;

/** The cheapest labelling so far that ends in `label`. */
type Path = { readonly label: Label; readonly cost: number; readonly previous: Path | null };

const nextLabels: Readonly<Record<Label, readonly Label[]>> = {
  title: ['abstract'],
  abstract: ['abstract', 'title', 'noise'],
  noise: ['title', 'noise'],
};

/**
 * Returns the labelling with the lowest total cost (Viterbi algorithm). A paper is a title and at least one abstract.
 * `hasMetadata`: metadata follows, so the last block must be an abstract. If no labelling fits, all blocks are noise.
 */
export function labelBlocks(blocks: readonly Text[], hasMetadata: boolean): readonly Label[] {
  let paths: readonly Path[] = [{ label: 'noise', cost: 0, previous: null }];
  for (const block of blocks) paths = extendPaths(paths, block, hasMetadata);
  const ends = paths.filter(({ label }) => label === 'abstract' || (label === 'noise' && !hasMetadata));
  const labels: Label[] = [];
  for (let path = cheapest(ends); path?.previous; path = path.previous) labels.push(path.label);
  return labels.length === 0 ? blocks.map(() => 'noise') : labels.reverse();
}

function extendPaths(paths: readonly Path[], block: Text, hasMetadata: boolean): Path[] {
  const extended: Path[] = [];
  for (const label of ['title', 'abstract', 'noise'] as const) {
    const candidates = paths
      .filter((path) => nextLabels[path.label].includes(label))
      .map((path) => ({
        label,
        cost: path.cost + costOf(block, label, { previousLabel: path.label, hasMetadata }),
        previous: path,
      }));
    const best = cheapest(candidates.filter(({ cost }) => cost < Number.POSITIVE_INFINITY));
    if (best) extended.push(best);
  }
  return extended;
}

function cheapest(paths: readonly Path[]): Path | null {
  return paths.reduce<Path | null>((best, path) => (best && best.cost <= path.cost ? best : path), null);
}

/**
 * Only the order of the costs matters. A short text is likely a title, a sentence is likely an abstract.
 * A second paragraph likely belongs to the same abstract. Noise costs more than a plausible paper.
 * At the end of a page, without metadata, short lines are likely its footer.
 */
function costOf(
  block: Text,
  label: Label,
  at: { readonly previousLabel: Label; readonly hasMetadata: boolean },
): number {
  const isShort = isTitleLike(block);
  const endsBarePaper = at.previousLabel === 'abstract' ? 0.5 : 0;
  if (label === 'noise') return (isShort ? 2.5 : 4) + endsBarePaper;
  if (label === 'abstract' && votesOf(block) !== null) return Number.POSITIVE_INFINITY;
  if (label === 'title') return titleCost(block) + endsBarePaper;
  if (!isShort) return 0;
  return (at.previousLabel === 'abstract' ? 2 : 3) * (at.hasMetadata ? 1 : 2);
}

function titleCost(block: Text): number {
  if (charsOf(block) > titleCharsMax) return Number.POSITIVE_INFINITY;
  return (endsSentence(block) ? 1.5 : 0) + (block.lines.some((line) => /\p{L}/u.test(line)) ? 0 : 1);
}
