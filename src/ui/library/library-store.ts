/** Stores the reader's flags in this browser: which papers are saved, read or hidden, and since when. */
import { isRecord, readKey, subscribeToStorage, writeKey } from '#ui/kit/browser-storage.ts';

export const flags = ['saved', 'read', 'hidden'] as const;
export type Flag = (typeof flags)[number];

/** Maps paper ids to the time the flag was set (ISO 8601). The file that `/library` exports has the same format. */
export type Library = { readonly [flag in Flag]: Readonly<Record<string, string>> };

export const emptyLibrary: Library = { saved: {}, read: {}, hidden: {} };

const paperId = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;

/** Parses a library and skips invalid ids and times. Returns null if the text is not a library. */
export function parseLibrary(text: string | null): Library | null {
  try {
    const json: unknown = JSON.parse(text ?? '');
    if (!isRecord(json) || !flags.some((flag) => isRecord(json[flag]))) return null;
    const timesOf = (flag: Flag) =>
      Object.fromEntries(
        Object.entries(isRecord(json[flag]) ? json[flag] : {}).filter(
          (entry): entry is [string, string] =>
            paperId.test(entry[0]) && typeof entry[1] === 'string' && !Number.isNaN(Date.parse(entry[1])),
        ),
      );
    return { saved: timesOf('saved'), read: timesOf('read'), hidden: timesOf('hidden') };
  } catch {
    return null; // The text is not JSON.
  }
}

/** Returns the union of two libraries. If both have a flag, the earlier time wins. */
export function mergeLibraries(a: Library, b: Library): Library {
  const merge = (flag: Flag) => {
    const merged: Record<string, string> = { ...a[flag] };
    for (const [id, at] of Object.entries(b[flag])) {
      const before = merged[id];
      if (before === undefined || Date.parse(at) < Date.parse(before)) merged[id] = at;
    }
    return merged;
  };
  return { saved: merge('saved'), read: merge('read'), hidden: merge('hidden') };
}

/** Sets the flag if it is not set, and clears it otherwise. */
export function withFlagToggled(library: Library, flag: Flag, id: string, now: string): Library {
  const { [id]: present, ...others } = library[flag];
  return { ...library, [flag]: present === undefined ? { ...others, [id]: now } : others };
}

let lastText: string | null = null;
let lastLibrary = emptyLibrary;

/** Returns the same object until the library changes, as `useSyncExternalStore` requires. */
export function getLibrary(): Library {
  const text = readKey('library');
  if (text !== lastText) {
    lastText = text;
    lastLibrary = parseLibrary(text) ?? emptyLibrary;
  }
  return lastLibrary;
}

export function setLibrary(library: Library): void {
  writeKey('library', JSON.stringify(library));
}

export function toggleFlag(flag: Flag, id: string): void {
  setLibrary(withFlagToggled(getLibrary(), flag, id, new Date().toISOString()));
}

export const subscribeToLibrary = subscribeToStorage;
