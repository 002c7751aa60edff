/** The keyboard shortcuts, with their actions and their labels in the help. */

export type Action =
  | 'next'
  | 'previous'
  | 'open'
  | 'original'
  | 'save'
  | 'read'
  | 'hide'
  | 'search'
  | 'home'
  | 'earlier'
  | 'later'
  | 'help';

type Shortcut = { readonly keys: readonly string[]; readonly action: Action; readonly label: string };

export const shortcuts: readonly Shortcut[] = [
  { keys: ['j'], action: 'next', label: 'Next paper' },
  { keys: ['k'], action: 'previous', label: 'Previous paper' },
  { keys: ['o'], action: 'open', label: 'Open the paper (Enter does too)' },
  { keys: ['v'], action: 'original', label: 'Open the original in a new tab' },
  { keys: ['s'], action: 'save', label: 'Save' },
  { keys: ['m'], action: 'read', label: 'Mark as read' },
  { keys: ['x'], action: 'hide', label: 'Hide' },
  { keys: ['['], action: 'earlier', label: 'Previous day, week or month' },
  { keys: [']'], action: 'later', label: 'Next day, week or month' },
  { keys: ['/'], action: 'search', label: 'Search' },
  { keys: ['g', 'h'], action: 'home', label: 'Latest digest' },
  { keys: ['?'], action: 'help', label: 'This help' },
];

/** Longest time between the two keys of a pair. */
const pairMs = 1000;

export type ShortcutState = { readonly first: string; readonly atMs: number } | null;

/** Returns the action of a key, or null. Pass the returned `state` with the next key. */
export function readShortcut(
  key: string,
  state: ShortcutState,
  nowMs: number,
): { readonly action: Action | null; readonly state: ShortcutState } {
  const before = state !== null && nowMs - state.atMs <= pairMs ? state.first : null;
  const pair =
    before === null
      ? undefined
      : shortcuts.find(({ keys }) => keys.length === 2 && keys[0] === before && keys[1] === key);
  if (pair) return { action: pair.action, state: null };
  const single = shortcuts.find(({ keys }) => keys.length === 1 && keys[0] === key);
  if (single) return { action: single.action, state: null };
  const startsPair = shortcuts.some(({ keys }) => keys.length === 2 && keys[0] === key);
  return { action: null, state: startsPair ? { first: key, atMs: nowMs } : null };
}
