/** Finds the first lines that differ between two texts. */

export type Difference = { readonly what: string; readonly before: string; readonly after: string };

const charsMax = 240;

/** Returns an empty text if both are equal. Splits lines between HTML tags. */
export function differenceOf(what: string, before: string, after: string): Difference[] {
  if (before === after) return [];
  const [one, two] = [toLines(before), toLines(after)];
  let at = 0;
  while (one[at] === two[at]) at += 1;
  return [
    { what, before: (one[at] ?? '(the end)').slice(0, charsMax), after: (two[at] ?? '(the end)').slice(0, charsMax) },
  ];
}

const toLines = (text: string): string[] => text.replace(/>(?=<)/g, '>\n').split('\n');
