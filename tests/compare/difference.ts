/** What differs between two texts of the same thing: the first lines that are not the same. */

export type Difference = { readonly what: string; readonly before: string; readonly after: string };

const charsMax = 240;

/** Empty when the texts are the same. Long lines, as HTML has them, are taken apart at their tags. */
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
