'use client';
/** Selects the browser's time zone in a form that still has the default. Without JavaScript it stays UTC. */
import { useEffect } from 'react';

export function GuessTimeZone() {
  useEffect(() => {
    const select = document.querySelector<HTMLSelectElement>('select[name="zone"]');
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (select && [...select.options].some((option) => option.value === timeZone)) select.value = timeZone;
  }, []);
  return null;
}
