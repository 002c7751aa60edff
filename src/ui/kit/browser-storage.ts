/** What this browser keeps for its reader: a few named texts, and a word to every listener when one changes. */

type StorageKey = 'theme' | 'density' | 'keys' | 'library';

/** Also listened to by public/preferences.js, which paints what changed. */
const changeEvent = 'paper-digest:change';

/** What was written where the browser refuses to keep it: it then lasts as long as the page. */
const fallbackValues = new Map<StorageKey, string>();

export function readKey(key: StorageKey): string | null {
  try {
    return fallbackValues.get(key) ?? localStorage.getItem(`paper-digest.${key}`);
  } catch {
    return null; // Storage is refused (a private window): the defaults hold.
  }
}

export function writeKey(key: StorageKey, text: string): void {
  try {
    localStorage.setItem(`paper-digest.${key}`, text);
    fallbackValues.delete(key);
  } catch {
    fallbackValues.set(key, text); // Refused or full: kept for this page only.
  }
  dispatchEvent(new Event(changeEvent));
}

/** Calls the listener after every change, of this page and of the browser's others; returns how to stop. */
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
