/** The save, read and hide buttons of a paper. `public/preferences.js` styles the active ones. */
import type { Flag } from '#ui/library/library-store.ts';

const labels: readonly { readonly flag: Flag; readonly off: string; readonly on: string; readonly key: string }[] = [
  { flag: 'saved', off: 'Save', on: 'Saved', key: 's' },
  { flag: 'read', off: 'Mark read', on: 'Read', key: 'm' },
  { flag: 'hidden', off: 'Hide', on: 'Hidden', key: 'x' },
];

export function PaperFlags() {
  return (
    <span className="marks scripted">
      {labels.map(({ flag, off, on, key }) => (
        <button key={flag} type="button" data-mark={flag} title={`Key: ${key}`}>
          <span className="off">{off}</span>
          <span className="on">{on}</span>
        </button>
      ))}
    </span>
  );
}

/** Replaces the body of a hidden paper. */
export function UnhideButton() {
  return (
    <button type="button" className="unhide small" data-mark="hidden">
      Hidden. Show it again
    </button>
  );
}
