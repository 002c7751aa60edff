/** `/library`: the papers that the reader saved, read and hid. Only the browser stores them. */
import { LibraryPage } from '#ui/library/library-page.tsx';

export default function ReaderLibraryPage() {
  return <LibraryPage />;
}
