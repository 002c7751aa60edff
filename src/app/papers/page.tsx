/** `/papers`: every paper, every filter. */
import { answerList, type SearchParams } from '#app/answer.ts';

export default function PapersPage({ searchParams }: { readonly searchParams: SearchParams }) {
  return answerList(() => ({ kind: 'all' }), searchParams);
}
