'use client';
/** The command palette (Ctrl+K): finds papers, topics, authors and pages by a few letters. */
import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { fetchPalette } from '#ui/kit/api.ts';
import type { PaletteEntry } from '#view/palette.ts';
import { allPapersPath } from '#view/paths.ts';

type Search = (text: string) => readonly PaletteEntry[];
type Row = { readonly key: string; readonly label: string; readonly note: string; readonly href: string };

export function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [search, setSearch] = useState<Search | null>(null);
  const [failure, setFailure] = useState('');
  const [text, setText] = useState('');
  const [selectedIndex, setSelectedIndex] = useState(0);
  const listId = useId();
  const rows = toRows(text, search);
  const active = Math.min(selectedIndex, rows.length - 1);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      if (dialog.current?.open) return dialog.current.close();
      dialog.current?.showModal();
      // Loads the entries once, and again after an error.
      if (!search)
        loadSearch().then(
          (loaded) => setSearch(() => loaded),
          () => setFailure('The list of places could not be loaded.'),
        );
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [search]);

  const changeText = (newText: string) => {
    setText(newText);
    setSelectedIndex(0);
    setFailure('');
  };
  const handleKeyDown = (event: ReactKeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setSelectedIndex((active + step + rows.length) % rows.length);
    }
    const row = rows[active];
    if (event.key === 'Enter' && row) location.assign(row.href);
  };

  return (
    <dialog ref={dialog} className="sheet" aria-label="Go to" onClose={() => changeText('')}>
      <input
        className="palette-input"
        role="combobox"
        aria-label="Paper, topic, author or page"
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={rows.length > 0 ? `${listId}-${active}` : undefined}
        placeholder="Paper, topic, author or page"
        autoComplete="off"
        value={text}
        onChange={(event) => changeText(event.target.value)}
        onKeyDown={handleKeyDown}
      />
      <Rows rows={rows} active={active} listId={listId} />
      <p className="palette-note small" role="status">
        {failure || (search ? '↑ ↓ to choose, Enter to go, Esc to close' : 'Loading …')}
      </p>
    </dialog>
  );
}

function Rows({
  rows,
  active,
  listId,
}: {
  readonly rows: readonly Row[];
  readonly active: number;
  readonly listId: string;
}) {
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, listId]);
  return (
    <div className="palette-list" role="listbox" id={listId} aria-label="Places">
      {rows.map((row, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keys
        <div
          key={row.key}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          onClick={() => location.assign(row.href)}
        >
          <span>{row.label}</span>
          <span className="kind small">{row.note}</span>
        </div>
      ))}
    </div>
  );
}

/** Returns the matching entries, then a row that searches all papers for the same text. */
function toRows(text: string, search: Search | null): readonly Row[] {
  const found = (search?.(text) ?? []).map(({ kind, label, href }) => ({
    key: `${kind} ${href}`,
    label,
    note: kind,
    href,
  }));
  const words = text.trim();
  if (words === '') return found;
  return [
    ...found,
    {
      key: 'search',
      label: `Search all papers for “${words}”`,
      note: 'search',
      href: `${allPapersPath}?${new URLSearchParams({ q: words })}`,
    },
  ];
}

/** Loads the entries and the search library when the palette first opens. */
async function loadSearch(): Promise<Search> {
  const [{ createPaletteSearch }, entries] = await Promise.all([import('./palette-search.ts'), fetchPalette()]);
  return createPaletteSearch(entries);
}
