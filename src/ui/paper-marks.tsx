'use client';
/** The reader's buttons on a paper: save, mark as read, hide. */
import { type MouseEvent, useSyncExternalStore } from 'react';
import { emptyLibrary, getLibrary, type Library, type Mark, subscribeToLibrary, toggleMark } from './library-store.tsx';

const labels: readonly { readonly mark: Mark; readonly off: string; readonly on: string; readonly key: string }[] = [
  { mark: 'saved', off: 'Save', on: 'Saved', key: 's' },
  { mark: 'read', off: 'Mark read', on: 'Read', key: 'm' },
  { mark: 'hidden', off: 'Hide', on: 'Hidden', key: 'x' },
];

export function useLibrary(): Library {
  return useSyncExternalStore(subscribeToLibrary, getLibrary, () => emptyLibrary);
}

export function PaperMarks({ id }: { readonly id: string }) {
  const library = useLibrary();
  return (
    <span className="marks scripted">
      {labels.map(({ mark, off, on, key }) => {
        const isOn = library[mark][id] !== undefined;
        return (
          <button
            key={mark}
            type="button"
            data-on={isOn}
            title={`Key: ${key}`}
            onClick={(event) => (mark === 'hidden' ? hide(event, id) : toggleMark(mark, id))}
          >
            {isOn ? on : off}
          </button>
        );
      })}
    </span>
  );
}

/** Shown in the place of a hidden paper's body, see public/preferences.js. */
export function UnhideButton({ id }: { readonly id: string }) {
  return (
    <button type="button" className="unhide small" onClick={(event) => hide(event, id)}>
      Hidden. Show it again
    </button>
  );
}

/** The pressed button leaves with what it hides or shows: the focus goes on to the title, which stays. */
function hide(event: MouseEvent<HTMLElement>, id: string): void {
  toggleMark('hidden', id);
  event.currentTarget.closest('article')?.querySelector<HTMLElement>('.card-title a, h1')?.focus();
}
