'use client';
/** Does what the buttons on papers say, wherever on the page they are. */
import { useEffect } from 'react';
import { flags, toggleFlag } from '#ui/library/library-store.ts';

export function FlagClicks() {
  useEffect(() => {
    document.addEventListener('click', toggle);
    return () => document.removeEventListener('click', toggle);
  }, []);
  return null;
}

function toggle({ target }: MouseEvent): void {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-mark]') : null;
  const paper = button?.closest<HTMLElement>('[data-paper-id], [data-paper]');
  const mark = flags.find((one) => one === button?.dataset.mark);
  const id = paper?.dataset.paperId ?? paper?.dataset.paper;
  if (!paper || mark === undefined || id === undefined) return;
  toggleFlag(mark, id);
  // The pressed button leaves with what it hides or shows: the focus goes on to the title, which stays.
  if (mark === 'hidden') paper.querySelector<HTMLElement>('.card-title a, h1')?.focus();
}
