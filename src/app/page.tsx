/** `/`: the latest day, the digest. */
import { answerList, type SearchParams } from '#app/answer';
import { app } from '#app/server';
import type { ListScope } from '#serve/view/list-scope';

export default function HomePage({ searchParams }: { readonly searchParams: SearchParams }) {
  const latest = async (): Promise<ListScope> => {
    const day = await app().latestDay();
    return day === null ? { kind: 'all' } : { kind: 'day', day, isLatest: true };
  };
  return answerList(latest, searchParams, () => app().freshness());
}
