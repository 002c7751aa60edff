/** Corrections are exactly the indexed words within the maximum edit distance. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from '#core/text/edit-distance.ts';
import { Spelling } from '#search/suggest/spelling.ts';
import { typoCost } from '#search/suggest/typo-cost.ts';
import { aPaper } from '#tests/a-paper.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { indexOf } from '#tests/search-stores.ts';

const timeoutMs = 60_000;
const aWord = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'é'), { minLength, maxLength }).map((letters) => letters.join(''));

/** Reference: the recursive definition of the edit distance with swaps. */
function plainDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const choices = [
    plainDistance(a.slice(1), b) + 1,
    plainDistance(a, b.slice(1)) + 1,
    plainDistance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0])
    choices.push(plainDistance(a.slice(2), b.slice(2)) + 1);
  return Math.min(...choices);
}

/** Builds the spelling of a store with one paper per text. */
function spellingOf(...texts: string[]): Spelling {
  const building = Spelling.build(
    indexOf(texts.map((abstract, key) => ({ paper: aPaper({ title: 'x', abstract }), key }))).segments,
  );
  for (;;) {
    const step = building.next();
    if (step.done) return step.value;
  }
}

test(
  'the edit distance equals the recursive definition',
  () => {
    fc.assert(
      fc.property(aWord(0, 6), aWord(0, 6), fc.nat(3), (a, b, editsMax) => {
        expect(editDistance(a, b, editsMax)).toBe(Math.min(plainDistance(a, b), editsMax + 1));
      }),
      { numRuns: propertyRuns(100) },
    );
  },
  timeoutMs,
);

test(
  'finds every word within the distance, the nearest first',
  () => {
    fc.assert(
      fc.property(fc.uniqueArray(aWord(3, 9), { minLength: 1, maxLength: 12 }), aWord(3, 9), (words, typo) => {
        const folded = words.map((word) => word.replaceAll('é', 'e'));
        const typed = typo.replaceAll('é', 'e');
        const near = spellingOf(words.join(' ')).near(typed, () => 1);
        const editsMax = typed.length < 5 ? 1 : 2;
        // The index has only one deletion of a short word, so the smaller limit of the two words applies.
        const reachable = (word: string) => (word.length < 5 ? 1 : 2);
        const expected = [...new Set(folded)].filter(
          (word) => editDistance(typed, word, 2) <= Math.min(editsMax, reachable(word)),
        );
        expect(near.map(({ text }) => text)).toEqual(expect.arrayContaining(expected));
        for (const { text } of near) expect(editDistance(typed, text, 2)).toBeLessThanOrEqual(editsMax);
        const distances = near.map(({ text }) => editDistance(typed, text, 2));
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
      }),
      { numRuns: propertyRuns(100) },
    );
  },
  timeoutMs,
);

test('the more frequent of equally near words comes first, and words with digits or no papers are left out', () => {
  const spelling = spellingOf('decoding recoding gpt4 encoding', 'recoding');
  const counts: Readonly<Record<string, number>> = { decoding: 20, recoding: 2, encoding: 0 };
  expect(spelling.near('ecoding', (word) => counts[word] ?? 0)).toEqual([
    { text: 'recoding', count: 2 },
    { text: 'decoding', count: 20 },
  ]);
  expect(spelling.near('gpt5', () => 1)).toEqual([]);
});

test.each([
  ['a missing letter is likelier than a wrong letter', 'decodng', ['decoding', 'decodnt']],
  ['two swapped letters are likelier than a wrong letter', 'tranisng', ['traninsg', 'tranisog']],
  ['a neighboring key is likelier than a distant key', 'modrl', ['model', 'modal']],
  ['a doubled letter is likelier than another extra letter', 'modell', ['model', 'modelz']],
  ['one edit is likelier than two', 'attentoin', ['attention', 'attenuation']],
])('%s', (_, typed, [likely = '', unlikely = '']) => {
  const near = spellingOf(`${likely} ${unlikely}`).near(typed, () => 1);
  expect(near[0]?.text).toBe(likely);
  expect(typoCost(likely, typed)).toBeLessThan(typoCost(unlikely, typed));
});
