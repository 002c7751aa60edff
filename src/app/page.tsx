/** `/`: the latest day, the digest. */
import { answerList, type SearchParams } from '#app/answer';
import { app } from '#app/server';

export default function HomePage({ searchParams }: { readonly searchParams: SearchParams }) {
  return answerList(async () => {
    const day = await app().latestDay();
    return day === null ? { kind: 'all' } : { kind: 'day', day };
  }, searchParams);
}
