'use client';
/** Lists the papers that the reader saved, read and hid in this browser. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { fetchPaper, type LibraryPaper } from '#ui/kit/api.ts';
import { paperPath } from '#view/paths.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { LibraryFile } from './library-file.tsx';
import { emptyLibrary, type Flag, flags, getLibrary, subscribeToLibrary, toggleFlag } from './library-store.ts';

const headings: Readonly<
  Record<Flag, { readonly title: string; readonly emptyText: string; readonly remove: string }>
> = {
  saved: {
    title: 'Saved',
    emptyText: 'Nothing saved yet. Press “Save” under a paper, or the key s.',
    remove: 'Remove',
  },
  read: {
    title: 'Read',
    emptyText: 'Nothing marked as read. Press “Mark read” under a paper, or the key m.',
    remove: 'Mark unread',
  },
  hidden: {
    title: 'Hidden',
    emptyText: 'Nothing hidden. Press “Hide” under a paper, or the key x.',
    remove: 'Show again',
  },
};

/** Number of rows at first, and of rows that each press of “more” adds. */
const rowsStep = 50;

export function LibraryLists() {
  return (
    <div className="library scripted">
      {flags.map((flag) => (
        <FlaggedPapers key={flag} flag={flag} />
      ))}
      <LibraryFile />
    </div>
  );
}

function FlaggedPapers({ flag }: { readonly flag: Flag }) {
  const library = useSyncExternalStore(subscribeToLibrary, getLibrary, () => emptyLibrary);
  const [rowsMax, setRowsMax] = useState(rowsStep);
  const { title, emptyText, remove } = headings[flag];
  const ids = Object.entries(library[flag])
    .sort(([, a], [, b]) => Date.parse(b) - Date.parse(a))
    .map(([id]) => id);
  return (
    <section>
      <h2 className="caps">
        {title} <span className="count">{ids.length}</span>
      </h2>
      {ids.length === 0 ? <p className="small">{emptyText}</p> : null}
      <ul className="lines">
        {ids.slice(0, rowsMax).map((id) => (
          <FlaggedPaper key={id} id={id} flag={flag} remove={remove} />
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

function FlaggedPaper({ id, flag, remove }: { readonly id: string; readonly flag: Flag; readonly remove: string }) {
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
      <button type="button" className="small" onClick={() => toggleFlag(flag, id)}>
        {remove}
        <span className="hidden-label">: {title}</span>
      </button>
    </li>
  );
}
