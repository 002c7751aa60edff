'use client';
/** Buttons for the theme, the density and the keyboard help. */
import { useSyncExternalStore } from 'react';
import { readKey, subscribeToStorage, writeKey } from '#ui/kit/browser-storage.ts';
import { openHelp } from './help-dialog.tsx';

const themes = ['auto', 'light', 'dark'] as const;
const densities = ['comfortable', 'compact'] as const;

export function Preferences() {
  return (
    <div className="ear-controls scripted">
      <Cycle preference="theme" name="Theme" values={themes} />
      <Cycle preference="density" name="Density" values={densities} />
      <button type="button" onClick={openHelp}>
        Keys
      </button>
    </div>
  );
}

type CycleProps = {
  readonly preference: 'theme' | 'density';
  readonly name: string;
  readonly values: readonly [string, ...string[]];
};

/** A button that cycles through the values of a preference. `public/preferences.js` applies the value to the page. */
function Cycle({ preference, name, values }: CycleProps) {
  const stored = useSyncExternalStore(
    subscribeToStorage,
    () => readKey(preference),
    () => null,
  );
  const current = Math.max(0, values.indexOf(stored ?? values[0]));
  const next = values[(current + 1) % values.length] ?? values[0];
  return (
    <button
      type="button"
      aria-label={`${name}: ${values[current]}`}
      title={`${name}: ${values[current]}. Change to ${next}`}
      onClick={() => writeKey(preference, next)}
    >
      {name}
    </button>
  );
}
