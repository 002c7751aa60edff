'use client';
/** Lists the keyboard shortcuts and has a checkbox that turns them off. */
import { useSyncExternalStore } from 'react';
import { readKey, subscribeToStorage, writeKey } from '#ui/kit/browser-storage.ts';
import { shortcuts } from './shortcuts.tsx';

const helpId = 'keyboard-help';

export function openHelp(): void {
  const dialog = document.getElementById(helpId);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

export function HelpDialog() {
  const areOn = useSyncExternalStore(
    subscribeToStorage,
    () => readKey('keys') !== 'off',
    () => true,
  );
  return (
    <dialog id={helpId} className="sheet" aria-labelledby={`${helpId}-title`}>
      <div className="help">
        <h2 id={`${helpId}-title`}>Keys</h2>
        <dl className="small">
          {shortcuts.map(({ keys, label }) => (
            <div key={label} className="contents">
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{label}</dd>
            </div>
          ))}
          <div className="contents">
            <dt>
              <kbd>Ctrl</kbd> <kbd>K</kbd>
            </dt>
            <dd>Go to any paper, topic, author or page (⌘ K on a Mac)</dd>
          </div>
        </dl>
        <label className="check small">
          <input
            type="checkbox"
            checked={areOn}
            onChange={(event) => writeKey('keys', event.target.checked ? 'on' : 'off')}
          />
          <span>Single keys work on this browser</span>
        </label>
        <form method="dialog">
          <button type="submit" className="button">
            Close
          </button>
        </form>
      </div>
    </dialog>
  );
}
