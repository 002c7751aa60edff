/** The index reads a text letter by letter; it must find the tokens that `tokenize` finds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenize } from '#core/text/terms.ts';
import { TermInterner, type TokenTerms } from '#search/write/term-interner.ts';
import { TextTerms } from '#search/write/text-terms.ts';
import { propertyRuns } from '#tests/property-runs.ts';

/** Words that begin, end or go on in other letters, halves of surrogate pairs, marks, compatibility forms. */
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

test('the tokens of any text are those of tokenize, in their order', () => {
  const keys = new TermInterner();
  const reader = new TextTerms(keys);
  fc.assert(
    fc.property(text, (one) => {
      const found: TokenTerms[] = [];
      reader.read(one, (token) => found.push(token));
      const expected = tokenize(one).map(({ term, start, end }) => keys.ofToken('text', one.slice(start, end), term));
      expect(found).toEqual(expected);
    }),
    { numRuns: propertyRuns(3000) },
  );
});

test('many different words keep their own numbers', () => {
  const keys = new TermInterner();
  const reader = new TextTerms(keys);
  const words = Array.from({ length: 40_000 }, (_, i) => `${i % 2 === 0 ? 'Word' : 'w'}${i}`);
  const read = () => {
    const stems: number[] = [];
    reader.read(words.join(' '), ({ stem }) => stems.push(stem));
    return stems;
  };
  const first = read();
  expect(new Set(first).size).toBe(words.length);
  expect(read()).toEqual(first);
});
