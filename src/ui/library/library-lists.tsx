'use client';
/** The saved, read and hidden papers of this browser. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { fetchPaper, type LibraryPaper } from '#ui/kit/api.ts';
import { paperPath } from '#view/paths.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { LibraryFile } from './library-file.tsx';
import { emptyLibrary, getLibrary, type Flag, flags, subscribeToLibrary, toggleFlag } from './library-store.ts';

const headings: Readonly<Record<Flag, { readonly title: string; readonly none: string; readonly remove: string }>> = {
  saved: { title: 'Saved', none: 'Nothing saved yet. Press “Save” under a paper, or the key s.', remove: 'Remove' },
  read: {
    title: 'Read',
    none: 'Nothing marked as read. Press “Mark read” under a paper, or the key m.',
    remove: 'Mark unread',
  },
  hidden: { title: 'Hidden', none: 'Nothing hidden. Press “Hide” under a paper, or the key x.', remove: 'Show again' },
};

/** Rows shown and asked for at first, and with each press of “more”. */
const rowsStep = 50;

export function LibraryLists() {
  return (
    <div className="library scripted">
      {flags.map((mark) => (
        <FlaggedPapers key={mark} mark={mark} />
      ))}
      <LibraryFile />
    </div>
  );
}

function FlaggedPapers({ mark }: { readonly mark: Flag }) {
  const library = useSyncExternalStore(subscribeToLibrary, getLibrary, () => emptyLibrary);
  const [rowsMax, setRowsMax] = useState(rowsStep);
  const { title, none, remove } = headings[mark];
  const ids = Object.entries(library[mark])
    .sort(([, a], [, b]) => Date.parse(b) - Date.parse(a))
    .map(([id]) => id);
  return (
    <section>
      <h2 className="caps">
        {title} <span className="count">{ids.length}</span>
      </h2>
      {ids.length === 0 ? <p className="small">{none}</p> : null}
      <ul className="lines">
        {ids.slice(0, rowsMax).map((id) => (
          <FlaggedPaper key={id} id={id} mark={mark} remove={remove} />
        ))}
      </ul>
      {ids.length <= rowsMax ? null : (
        <button type="button" className="button" onClick={() => setRowsMax(rowsMax + rowsStep)}>
          {ids.length - rowsMax} more
        </button>
      )}
    </section>
  );
}

function FlaggedPaper({ id, mark, remove }: { readonly id: string; readonly mark: Flag; readonly remove: string }) {
  const [paper, setPaper] = useState<LibraryPaper | 'loading' | 'gone' | 'failed'>('loading');
  useEffect(() => {
    let isShown = true;
    fetchPaper(id).then(
      (found) => isShown && setPaper(found ?? 'gone'),
      () => isShown && setPaper('failed'),
    );
    return () => {
      isShown = false;
    };
  }, [id]);
  const known = typeof paper === 'object' ? paper : null;
  const title = known ? toReadableText(known.title) : id;
  return (
    <li>
      <a href={paperPath(known?.id ?? id)}>{title}</a>
      <span className="small facts">
        {known?.authors}
        {known?.authors && known.published ? ' · ' : null}
        {known?.published ? <time dateTime={known.published}>{known.published}</time> : null}
        {paper === 'gone' ? 'no longer in this digest' : null}
        {paper === 'failed' ? 'could not be loaded' : null}
      </span>
      <button type="button" className="small" onClick={() => toggleFlag(mark, id)}>
        {remove}
        <span className="hidden-label">: {title}</span>
      </button>
    </li>
  );
}
