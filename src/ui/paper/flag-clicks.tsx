'use client';
/** Does what the buttons on papers say, wherever on the page they are. */
import { useEffect } from 'react';
import { marks, toggleMark } from '#ui/library/library-store.ts';

export function MarkClicks() {
  useEffect(() => {
    document.addEventListener('click', toggle);
    return () => document.removeEventListener('click', toggle);
  }, []);
  return null;
}

function toggle({ target }: MouseEvent): void {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-mark]') : null;
  const paper = button?.closest<HTMLElement>('[data-paper-id], [data-paper]');
  const mark = marks.find((one) => one === button?.dataset.mark);
  const id = paper?.dataset.paperId ?? paper?.dataset.paper;
  if (!paper || mark === undefined || id === undefined) return;
  toggleMark(mark, id);
  // The pressed button leaves with what it hides or shows: the focus goes on to the title, which stays.
  if (mark === 'hidden') paper.querySelector<HTMLElement>('.card-title a, h1')?.focus();
}
