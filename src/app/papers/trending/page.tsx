/** `/papers/trending`: ranked by the formula the page prints. */
import { answerList, type SearchParams } from '#app/answer.ts';

export default function TrendingPage({ searchParams }: { readonly searchParams: SearchParams }) {
  return answerList(() => ({ kind: 'trending' }), searchParams);
}
