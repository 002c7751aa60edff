/** The keyboard map: single keys, pairs, and pairs that took too long. */
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

test('every shortcut does what it says, and no two are alike', () => {
  for (const { keys, action } of shortcuts)
    expect(type(keys.map((key, index) => [key, index * 100])).at(-1)).toBe(action);
  expect(new Set(shortcuts.map(({ keys }) => keys.join(' '))).size).toBe(shortcuts.length);
});

test('a pair counts within its second only, and a wrong second key is read for itself', () => {
  expect(type([['g', 0], ['h', 900]])).toEqual([null, 'home']); // biome-ignore format: one line reads better
  expect(type([['g', 0], ['h', 1100]])).toEqual([null, null]); // biome-ignore format: one line reads better
  expect(type([['g', 0], ['j', 100], ['h', 200]])).toEqual([null, 'next', null]); // biome-ignore format: one line reads better
});
