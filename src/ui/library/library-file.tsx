'use client';
/** Exports the library to a file and imports it, for a backup or another browser. */
import { type ChangeEvent, useState } from 'react';
import { getLibrary, mergeLibraries, parseLibrary, setLibrary } from './library-store.ts';

const fileName = 'paper-digest-library.json';
/** About a hundred thousand papers, more than `localStorage` holds. */
const fileCharsMax = 10_000_000;

export function LibraryFile() {
  const [status, setStatus] = useState('');
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (!file) return;
    setStatus(await importFile(file));
    target.value = '';
  };
  return (
    <section className="library-file small">
      <h2 className="caps">Carry it along</h2>
      <p>These lists live in this browser only. Save them as a file, and add a file to them here or elsewhere.</p>
      <p className="buttons">
        <button type="button" className="button" onClick={exportFile}>
          Export
        </button>
        <label className="button">
          Import
          <input type="file" accept="application/json,.json" className="hidden-label" onChange={read} />
        </label>
        <span role="status">{status}</span>
      </p>
    </section>
  );
}

function exportFile(): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(getLibrary(), null, 2)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: fileName }).click();
  URL.revokeObjectURL(url);
}

async function importFile(file: File): Promise<string> {
  const library = file.size > fileCharsMax ? null : parseLibrary(await file.text());
  if (library === null) return `${file.name} is no library of a Paper Digest.`;
  const countBefore = countFlags();
  setLibrary(mergeLibraries(getLibrary(), library));
  const added = countFlags() - countBefore;
  return added === 1 ? '1 mark added.' : `${added} marks added.`;
}

function countFlags(): number {
  return Object.values(getLibrary()).reduce((sum, ids) => sum + Object.keys(ids).length, 0);
}
