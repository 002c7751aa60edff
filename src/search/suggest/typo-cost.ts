/** How unlikely it is that somebody who meant one word typed another: the edits between them, weighed by how many others were possible. */

/** For each edit; above what the kinds of a single edit differ by, so that fewer edits come first among equally frequent words. */
const edit = 6;
/** A wrong or added letter could have been any of 25; one left out, or two swapped, leaves no such choice. */
const anyLetter = 3.2;
/** Fingers slip to a key beside the right one, or strike twice. */
const nearLetter = 2.3;

const keyRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Each row of keys stands this much to the right of the one above. */
const rowShift = 0.4;
const reach = 1.3;
const keys = new Map(
  keyRows.flatMap((row, y) => [...row].map((letter, x) => [letter, { x: x + rowShift * y, y }] as const)),
);

/** The cheapest way from the word to what was typed, in natural logarithms of probability; 0 when they are the same. */
export function typoCost(meant: string, typed: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: typed.length + 1 }, (_, j) => j * (edit + anyLetter));
  for (let i = 1; i <= meant.length; i++) {
    const row = [i * edit];
    for (let j = 1; j <= typed.length; j++) {
      const letter = typed.charAt(j - 1);
      const isSwap = i > 1 && j > 1 && meant[i - 1] === typed[j - 2] && meant[i - 2] === letter;
      const ways = [
        (last[j - 1] as number) + replacing(meant.charAt(i - 1), letter),
        (last[j] as number) + edit,
        (row[j - 1] as number) + adding(letter, typed.charAt(j - 2) + meant.slice(i - 1, i + 1)),
        isSwap ? (before[j - 2] as number) + edit : Number.POSITIVE_INFINITY,
      ];
      row.push(Math.min(...ways));
    }
    [before, last] = [last, row];
  }
  return last[typed.length] as number;
}

function replacing(meant: string, typed: string): number {
  return meant === typed ? 0 : edit + (isNear(meant, typed) ? nearLetter : anyLetter);
}

/** `around`: the letters before and behind the added one. */
function adding(typed: string, around: string): number {
  return edit + ([...around].some((letter) => isNear(letter, typed)) ? nearLetter : anyLetter);
}

function isNear(a: string, b: string): boolean {
  const [one, other] = [keys.get(a), keys.get(b)];
  return a === b || (one !== undefined && other !== undefined && Math.hypot(one.x - other.x, one.y - other.y) < reach);
}
