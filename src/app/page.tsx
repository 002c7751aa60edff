/** `/`: the front page with the papers of the latest day. */

import type { ListScope } from '#query/scope.ts';
import { renderList, type SearchParams } from './answer.ts';
import { app } from './server.ts';

export default function HomePage({ searchParams }: { readonly searchParams: SearchParams }) {
  const latest = async (): Promise<ListScope> => {
    const day = await app().latestDay();
    return day === null ? { kind: 'all' } : { kind: 'day', day, isLatest: true };
  };
  return renderList(latest, searchParams, () => app().freshness());
}
