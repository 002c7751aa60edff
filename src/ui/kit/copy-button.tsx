'use client';
/** Copies a text to the clipboard and shows the result. */
import { useState } from 'react';

export function CopyButton({ text, textName }: { readonly text: string; readonly textName: string }) {
  const [status, setStatus] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setStatus('Copied'),
      () => setStatus('Your browser did not allow it: select the text and copy it'),
    );
  return (
    <p className="scripted small">
      <button type="button" className="button" onClick={copy}>
        Copy {textName}
      </button>{' '}
      <span role="status">{status}</span>
    </p>
  );
}
