/** The reader's buttons on a paper: save, mark as read, hide. Which is on is painted by public/preferences.js. */
import type { Flag } from '#ui/library/library-store.ts';

const labels: readonly { readonly mark: Flag; readonly off: string; readonly on: string; readonly key: string }[] = [
  { mark: 'saved', off: 'Save', on: 'Saved', key: 's' },
  { mark: 'read', off: 'Mark read', on: 'Read', key: 'm' },
  { mark: 'hidden', off: 'Hide', on: 'Hidden', key: 'x' },
];

export function PaperFlags() {
  return (
    <span className="marks scripted">
      {labels.map(({ mark, off, on, key }) => (
        <button key={mark} type="button" data-mark={mark} title={`Key: ${key}`}>
          <span className="off">{off}</span>
          <span className="on">{on}</span>
        </button>
      ))}
    </span>
  );
}

/** Shown in the place of a hidden paper's body. */
export function UnhideButton() {
  return (
    <button type="button" className="unhide small" data-mark="hidden">
      Hidden. Show it again
    </button>
  );
}
