/** The reader's own marks, kept by this browser alone: which papers are saved, read and hidden, and since when. */
import { isRecord, readKey, subscribeToStorage, writeKey } from '#ui/kit/browser-storage.ts';

export const flags = ['saved', 'read', 'hidden'] as const;
export type Flag = (typeof flags)[number];

/** Paper ids with the time of the mark, ISO 8601; the file that `/library` exports has the same form. */
export type Library = { readonly [mark in Flag]: Readonly<Record<string, string>> };

export const emptyLibrary: Library = { saved: {}, read: {}, hidden: {} };

const paperId = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;

/** The library a text holds, or null when it holds none; what is not a paper's id or a time is left out. */
export function parseLibrary(text: string | null): Library | null {
  try {
    const json: unknown = JSON.parse(text ?? '');
    if (!isRecord(json) || !flags.some((mark) => isRecord(json[mark]))) return null;
    const timesOf = (mark: Flag) =>
      Object.fromEntries(
        Object.entries(isRecord(json[mark]) ? json[mark] : {}).filter(
          (entry): entry is [string, string] =>
            paperId.test(entry[0]) && typeof entry[1] === 'string' && !Number.isNaN(Date.parse(entry[1])),
        ),
      );
    return { saved: timesOf('saved'), read: timesOf('read'), hidden: timesOf('hidden') };
  } catch {
    return null; // Not JSON: no library, which is the answer.
  }
}

/** All marks of both; where both have one, the earlier time. */
export function mergeLibraries(a: Library, b: Library): Library {
  const merge = (mark: Flag) => {
    const merged: Record<string, string> = { ...a[mark] };
    for (const [id, at] of Object.entries(b[mark])) {
      const before = merged[id];
      if (before === undefined || Date.parse(at) < Date.parse(before)) merged[id] = at;
    }
    return merged;
  };
  return { saved: merge('saved'), read: merge('read'), hidden: merge('hidden') };
}

/** With the mark when it was not there, without it when it was. */
export function withFlagToggled(library: Library, mark: Flag, id: string, now: string): Library {
  const { [id]: present, ...others } = library[mark];
  return { ...library, [mark]: present === undefined ? { ...others, [id]: now } : others };
}

let lastText: string | null = null;
let lastLibrary = emptyLibrary;

/** The same object as long as nothing changed, as React's stores ask for. */
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

export function toggleFlag(mark: Flag, id: string): void {
  setLibrary(withFlagToggled(getLibrary(), mark, id, new Date().toISOString()));
}

export const subscribeToLibrary = subscribeToStorage;
