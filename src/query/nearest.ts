/** "Did you mean": the known name that is fewest edits away from a word nobody knows. */
import { editDistance } from '#core/text/edit-distance.ts';

/** The nearest of `names`, null when none is near: one edit for up to four letters, two for longer words. */
export function nearest(word: string, names: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let limit = wanted.length <= 4 ? 1 : 2;
  let best: string | null = null;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), limit);
    if (distance > limit) continue;
    best = name;
    limit = distance - 1;
    if (limit < 0) break;
  }
  return best;
}
