/** Fuzzy search in the command palette. */
import { expect, test } from 'vitest';
import { createPaletteSearch } from '#ui/shell/palette-search.ts';

const search = createPaletteSearch([
  { kind: 'page', label: 'Trending', href: '/papers/trending' },
  { kind: 'topic', label: 'Large language models', href: '/tags/large-language-models' },
  { kind: 'paper', label: 'CodeT5: Identifier-aware Encoder-Decoder Models', href: '/papers/codet5' },
  { kind: 'author', label: 'Zoë Ångström', href: '/authors/x' },
]);

test.each([
  ['trend', 'Trending'],
  ['langage modls', 'Large language models'],
  ['identifier', 'CodeT5: Identifier-aware Encoder-Decoder Models'],
  ['zoe angstrom', 'Zoë Ångström'],
])('the palette finds an entry by %s', (text, label) => {
  expect(search(text)[0]?.label).toBe(label);
});

test('an empty text returns the first entries', () => {
  expect(search('  ').map((entry) => entry.kind)).toEqual(['page', 'topic', 'paper', 'author']);
});
