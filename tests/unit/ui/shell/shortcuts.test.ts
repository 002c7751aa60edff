/** Keyboard shortcuts: single keys, pairs and timeouts. */
import { expect, test } from 'vitest';
import { readShortcut, type ShortcutState, shortcuts } from '#ui/shell/shortcuts.tsx';

function type(keys: readonly (readonly [string, number])[]): (string | null)[] {
  let state: ShortcutState = null;
  return keys.map(([key, atMs]) => {
    const read = readShortcut(key, state, atMs);
    state = read.state;
    return read.action;
  });
}

test('the keys of each shortcut trigger its action, and no two shortcuts have the same keys', () => {
  for (const { keys, action } of shortcuts)
    expect(type(keys.map((key, index) => [key, index * 100])).at(-1)).toBe(action);
  expect(new Set(shortcuts.map(({ keys }) => keys.join(' '))).size).toBe(shortcuts.length);
});

test('a pair times out after a second, and a second key outside the pair acts on its own', () => {
  expect(type([['g', 0], ['h', 900]])).toEqual([null, 'home']); // biome-ignore format: one line reads better
  expect(type([['g', 0], ['h', 1100]])).toEqual([null, null]); // biome-ignore format: one line reads better
  expect(type([['g', 0], ['j', 100], ['h', 200]])).toEqual([null, 'next', null]); // biome-ignore format: one line reads better
});
