/** `/library`: the reader's lists, and a note for browsers without JavaScript. */

import { PageHead } from '#ui/shell/page-head.tsx';
import { LibraryLists } from './library-lists.tsx';

export function LibraryPage() {
  return (
    <main id="content" className="page plain">
      <PageHead title="Library" description="The papers you saved, read and hid in this browser." indexed={false} />
      <h1>Library</h1>
      <p className="lead">The papers you saved, read and hid. Only this browser knows them.</p>
      <noscript>
        <p className="notes">
          The library is kept by your browser and needs JavaScript. Everything else on this site works without it.
        </p>
      </noscript>
      <LibraryLists />
    </main>
  );
}
