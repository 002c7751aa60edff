/** Stores the reader's preferences and library in `localStorage` and notifies listeners of changes. */

type StorageKey = 'theme' | 'density' | 'keys' | 'library';

/** `public/preferences.js` listens to this event too and applies the change. */
const changeEvent = 'paper-digest:change';

/** Values that `localStorage` rejected. They last until the page is closed. */
const fallbackValues = new Map<StorageKey, string>();

export function readKey(key: StorageKey): string | null {
  try {
    return fallbackValues.get(key) ?? localStorage.getItem(`paper-digest.${key}`);
  } catch {
    return null; // The browser blocks storage, as some private windows do: use the defaults.
  }
}

export function writeKey(key: StorageKey, text: string): void {
  try {
    localStorage.setItem(`paper-digest.${key}`, text);
    fallbackValues.delete(key);
  } catch {
    fallbackValues.set(key, text); // The storage is blocked or full.
  }
  dispatchEvent(new Event(changeEvent));
}

/** Calls `listener` after every change in this tab and in other tabs. Returns a function that unsubscribes. */
export function subscribeToStorage(listener: () => void): () => void {
  addEventListener('storage', listener);
  addEventListener(changeEvent, listener);
  return () => {
    removeEventListener('storage', listener);
    removeEventListener(changeEvent, listener);
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
