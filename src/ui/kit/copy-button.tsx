'use client';
/** Copies a text, and says so. */
import { useState } from 'react';

export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [status, setStatus] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setStatus('Copied'),
      () => setStatus('Your browser did not allow it: select the text and copy it'),
    );
  return (
    <p className="scripted small">
      <button type="button" className="button" onClick={copy}>
        Copy {what}
      </button>{' '}
      <span role="status">{status}</span>
    </p>
  );
}
