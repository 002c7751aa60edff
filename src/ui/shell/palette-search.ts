/** Fuzzy search over the labels of the command palette's entries. */
import Fuse from 'fuse.js';
import type { PaletteEntry } from '#view/palette.ts';

const shownMax = 12;

/** Returns a search function. For an empty text it returns the first entries. */
export function createPaletteSearch(entries: readonly PaletteEntry[]): (text: string) => readonly PaletteEntry[] {
  const fuse = new Fuse(entries, { keys: ['label'], threshold: 0.4, ignoreLocation: true, ignoreDiacritics: true });
  return (text) =>
    text.trim() === ''
      ? entries.slice(0, shownMax)
      : fuse.search(text.trim(), { limit: shownMax }).map(({ item }) => item);
}
