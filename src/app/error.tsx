'use client';
/** The page for an unexpected server error. The log has the details. */
import { MessagePage } from '#ui/shell/message-page.tsx';

export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  return (
    <MessagePage
      title="Something broke"
      message="This page could not be made. The fault is ours and has been noted in the server’s log."
    >
      <p>
        <button type="button" className="button" onClick={reset}>
          Try again
        </button>{' '}
        or go to the <a href="/">latest day</a>.
      </p>
    </MessagePage>
  );
}
