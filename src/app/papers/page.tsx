/** `/papers`: every paper, every filter. */
import { renderList, type SearchParams } from '#app/answer.ts';

export default function PapersPage({ searchParams }: { readonly searchParams: SearchParams }) {
  return renderList(() => ({ kind: 'all' }), searchParams);
}
