/** `/papers/trending`: ranked by the formula the page prints. */
import { renderList, type SearchParams } from '#app/answer.ts';

export default function TrendingPage({ searchParams }: { readonly searchParams: SearchParams }) {
  return renderList(() => ({ kind: 'trending' }), searchParams);
}
