'use client';
/** Handles the keyboard shortcuts of the page. */
import { useEffect } from 'react';
import { readKey } from '#ui/kit/browser-storage.ts';
import { type Flag, toggleFlag } from '#ui/library/library-store.ts';
import { openHelp } from './help-dialog.tsx';
import { type Action, readShortcut, type ShortcutState } from './shortcuts.tsx';

export function Keyboard() {
  useEffect(() => {
    let state: ShortcutState = null;
    const listen = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.isComposing ||
        ownsKeys(event.target) ||
        readKey('keys') === 'off'
      )
        return;
      const read = readShortcut(event.key, state, event.timeStamp);
      state = read.state;
      if (read.action === null) return;
      event.preventDefault();
      actions[read.action]();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return null;
}

/** Returns true if the target is a text field or a dialog is open, so that shortcuts do not apply. */
function ownsKeys(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true;
  // A dialog that has just closed still has the focus for a moment.
  if (!(target instanceof HTMLElement) || target.closest('dialog')) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}

const actions: Readonly<Record<Action, () => void>> = {
  next: () => focusPaper(1),
  previous: () => focusPaper(-1),
  open: () => currentPaper()?.querySelector<HTMLElement>('.card-title a')?.click(),
  original: openOriginal,
  save: () => toggleCurrentFlag('saved'),
  read: () => toggleCurrentFlag('read'),
  hide: () => toggleCurrentFlag('hidden'),
  search: () => document.querySelector<HTMLInputElement>('#q')?.select(),
  home: () => location.assign('/'),
  earlier: () => document.querySelector<HTMLElement>('[data-key="["]')?.click(),
  later: () => document.querySelector<HTMLElement>('[data-key="]"]')?.click(),
  help: openHelp,
};

/** Returns the focused paper of a list, or the paper of a paper page. */
function currentPaper(): HTMLElement | null {
  return (
    document.activeElement?.closest<HTMLElement>('[data-paper-id]') ??
    document.querySelector<HTMLElement>('[data-paper]')
  );
}

/** Moves the focus, so that Enter and screen readers use the same paper that the reader sees highlighted. */
function focusPaper(step: 1 | -1): void {
  const papers = [...document.querySelectorAll<HTMLElement>('[data-paper-id]')];
  const currentIndex = papers.findIndex((paper) => paper.contains(document.activeElement));
  const paper = papers[currentIndex === -1 ? (step === 1 ? 0 : papers.length - 1) : currentIndex + step];
  paper?.querySelector<HTMLElement>('.card-title a')?.focus({ preventScroll: true });
  paper?.scrollIntoView({ block: 'nearest' });
}

function openOriginal(): void {
  const link = currentPaper()?.querySelector<HTMLAnchorElement>('[data-original]');
  if (link) open(link.href, '_blank', 'noopener,noreferrer');
}

function toggleCurrentFlag(kind: Flag): void {
  const { paperId, paper } = currentPaper()?.dataset ?? {};
  const id = paperId ?? paper;
  if (id !== undefined) toggleFlag(kind, id);
}
