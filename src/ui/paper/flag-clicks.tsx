'use client';
/** Handles clicks on the save, read and hide buttons of all papers on the page, which static islands contain. */
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
  const flag = flags.find((known) => known === button?.dataset.mark);
  const id = paper?.dataset.paperId ?? paper?.dataset.paper;
  if (!paper || flag === undefined || id === undefined) return;
  toggleFlag(flag, id);
  // The pressed button disappears, so the focus moves to the title, which stays.
  if (flag === 'hidden') paper.querySelector<HTMLElement>('.card-title a, h1')?.focus();
}
