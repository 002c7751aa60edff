/** `TextTerms` scans ASCII words itself. It must find the same tokens as `tokenize`. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenize } from '#core/text/terms.ts';
import { TermInterner, type TokenTerms } from '#search/write/term-interner.ts';
import { TextTerms } from '#search/write/text-terms.ts';
import { propertyRuns } from '#tests/property-runs.ts';

/** ASCII words next to other letters, lone surrogates, combining marks and compatibility forms. */
const pieces = [
  'Model',
  'models',
  'a',
  'GPT4',
  'é',
  'naïve',
  'x\u0301',
  '語言',
  '한국',
  '㎧',
  '𝜋',
  '\ud835',
  '\udf0b',
  '😀',
  ' ',
  '-',
  "'",
  '\n',
  'ß',
  'ı',
  'İ',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.string(),
);

test('TextTerms finds the same tokens as tokenize in the same order', () => {
  const interner = new TermInterner();
  const textTerms = new TextTerms(interner);
  fc.assert(
    fc.property(text, (input) => {
      const found: TokenTerms[] = [];
      textTerms.forEach(input, (token) => found.push(token));
      const expected = tokenize(input).map(({ term, start, end }) =>
        interner.internToken('text', input.slice(start, end), term),
      );
      expect(found).toEqual(expected);
    }),
    { numRuns: propertyRuns(3000) },
  );
});

test('40,000 different words get different term IDs that do not change', () => {
  const interner = new TermInterner();
  const textTerms = new TextTerms(interner);
  const words = Array.from({ length: 40_000 }, (_, i) => `${i % 2 === 0 ? 'Word' : 'w'}${i}`);
  const read = () => {
    const stems: number[] = [];
    textTerms.forEach(words.join(' '), ({ stem }) => stems.push(stem));
    return stems;
  };
  const first = read();
  expect(new Set(first).size).toBe(words.length);
  expect(read()).toEqual(first);
});
