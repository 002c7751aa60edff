'use client';
/** The page for an error in the root layout, which it replaces. */
import './globals.css';

export default function GlobalErrorPage({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something broke · Paper Digest</title>
        <main className="page plain">
          <h1>Something broke</h1>
          <p>Paper Digest could not make this page. The fault is ours and has been noted in the server’s log.</p>
          <p>
            <button type="button" className="button" onClick={reset}>
              Try again
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
