/** The word-number cache: lookup by span, hash collisions and overflow. */
import { describe, expect, it } from 'vitest';
import { hashStart, hashStep, WordNumbers } from '#ingest/topics/word-numbers.ts';

const hashOf = (word: string) =>
  Array.from({ length: word.length }, (_, i) => word.charCodeAt(i)).reduce(hashStep, hashStart);
const spanOf = (before: string, word: string, hash = hashOf(word)) => ({
  text: `${before}${word} after`,
  start: before.length,
  end: before.length + word.length,
  hash,
});

describe('the word-number cache', () => {
  it('a word is found by its span in a text, and other spans are not', () => {
    const numbers = new WordNumbers();
    numbers.set('language', hashOf('language'), 7);
    numbers.set('the', hashOf('the'), 0);
    expect(numbers.get(spanOf('a ', 'language'))).toBe(7);
    expect(numbers.get(spanOf('', 'the'))).toBe(0);
    expect(numbers.get(spanOf('', 'languages'))).toBeUndefined();
  });

  it('words with the same hash have separate numbers', () => {
    const numbers = new WordNumbers();
    for (const [i, word] of ['model', 'data', 'models'].entries()) numbers.set(word, 42, i + 1);
    expect(['model', 'data', 'models'].map((word) => numbers.get(spanOf('x ', word, 42)))).toEqual([1, 2, 3]);
    expect(numbers.get(spanOf('x ', 'mode', 42))).toBeUndefined();
  });

  it('a full cache forgets words and never confuses them', () => {
    const numbers = new WordNumbers();
    const count = 250_000;
    for (let i = 0; i < count; i++) numbers.set(`w${i}`, hashOf(`w${i}`), i);
    const found = Array.from({ length: count }, (_, i) => numbers.get(spanOf('', `w${i}`)));
    expect(found.every((number, i) => number === undefined || number === i)).toBe(true);
    expect(found.filter((number) => number !== undefined).length).toBeGreaterThan(1_000);
    expect(found.at(-1)).toBe(count - 1);
  });
});
