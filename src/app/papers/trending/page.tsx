/** `/papers/trending`: papers ranked by the formula that the page shows. */
import { renderList, type SearchParams } from '#app/answer.ts';

export default function TrendingPage({ searchParams }: { readonly searchParams: SearchParams }) {
  return renderList(() => ({ kind: 'trending' }), searchParams);
}
