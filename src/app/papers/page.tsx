/** `/papers`: all papers, with search and filters. */
import { renderList, type SearchParams } from '#app/answer.ts';

export default function PapersPage({ searchParams }: { readonly searchParams: SearchParams }) {
  return renderList(() => ({ kind: 'all' }), searchParams);
}
