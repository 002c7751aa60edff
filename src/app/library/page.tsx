/** `/library`: the reader's own papers, which only their browser knows. */
import { LibraryPage } from '#ui/library/library-page.tsx';

export default function ReaderLibraryPage() {
  return <LibraryPage />;
}
