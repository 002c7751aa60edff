/** "Did you mean": finds the known name with the fewest edits from an unknown word. */
import { editDistance } from '#core/text/edit-distance.ts';

/** Returns null if no name is within one edit (words of up to four letters) or two edits (longer words). */
export function nearest(word: string, names: readonly string[]): string | null {
  const lowered = word.toLowerCase();
  let limit = lowered.length <= 4 ? 1 : 2;
  let best: string | null = null;
  for (const name of names) {
    const distance = editDistance(lowered, name.toLowerCase(), limit);
    if (distance > limit) continue;
    best = name;
    limit = distance - 1;
    if (limit < 0) break;
  }
  return best;
}
