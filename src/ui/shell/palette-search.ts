/** Finds palette entries by a few of their letters, in any place and with slips. */
import Fuse from 'fuse.js';
import type { PaletteEntry } from '#view/palette.ts';

const shownMax = 12;

/** A search over the entries; an empty text finds the first of them. */
export function createPaletteSearch(entries: readonly PaletteEntry[]): (text: string) => readonly PaletteEntry[] {
  const fuse = new Fuse(entries, { keys: ['label'], threshold: 0.4, ignoreLocation: true, ignoreDiacritics: true });
  return (text) =>
    text.trim() === ''
      ? entries.slice(0, shownMax)
      : fuse.search(text.trim(), { limit: shownMax }).map(({ item }) => item);
}
