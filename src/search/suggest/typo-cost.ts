/**
 * Estimates how unlikely a typo is: a weighted edit distance (noisy channel model).
 * Costs are negative natural logarithms of probability.
 */

/** Cost of any edit. Larger than the differences below, so that fewer edits rank first among equally frequent words. */
const editCost = 6;
/** Added for a wrong or extra letter: ln 25. A missing letter or a swap has no such choice. */
const anyLetter = 3.2;
/** Used instead of `anyLetter` if the letter is on a neighboring key or doubled. */
const nearLetter = 2.3;

const keyRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Horizontal offset of each row to the row above, in key widths. */
const rowShift = 0.4;
/** Maximum distance of neighboring keys, in key widths. */
const neighborDistance = 1.3;
const keys = new Map(
  keyRows.flatMap((row, y) => [...row].map((letter, x) => [letter, { x: x + rowShift * y, y }] as const)),
);

/** Returns the cost of the most likely edits from `meant` to `typed`, 0 if they are equal. */
export function typoCost(meant: string, typed: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: typed.length + 1 }, (_, j) => j * (editCost + anyLetter));
  for (let i = 1; i <= meant.length; i++) {
    const row = [i * editCost];
    for (let j = 1; j <= typed.length; j++) {
      const letter = typed.charAt(j - 1);
      const isSwap = i > 1 && j > 1 && meant[i - 1] === typed[j - 2] && meant[i - 2] === letter;
      const costs = [
        (last[j - 1] as number) + replacementCost(meant.charAt(i - 1), letter),
        (last[j] as number) + editCost,
        (row[j - 1] as number) + insertionCost(letter, typed.charAt(j - 2) + meant.slice(i - 1, i + 1)),
        isSwap ? (beforeLast[j - 2] as number) + editCost : Number.POSITIVE_INFINITY,
      ];
      row.push(Math.min(...costs));
    }
    [beforeLast, last] = [last, row];
  }
  return last[typed.length] as number;
}

function replacementCost(meant: string, typed: string): number {
  return meant === typed ? 0 : editCost + (isNear(meant, typed) ? nearLetter : anyLetter);
}

/** `around`: the letters before and after the added letter. */
function insertionCost(typed: string, around: string): number {
  return editCost + ([...around].some((letter) => isNear(letter, typed)) ? nearLetter : anyLetter);
}

function isNear(a: string, b: string): boolean {
  const [one, other] = [keys.get(a), keys.get(b)];
  return (
    a === b ||
    (one !== undefined && other !== undefined && Math.hypot(one.x - other.x, one.y - other.y) < neighborDistance)
  );
}
