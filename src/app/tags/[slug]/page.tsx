/** `/tags/{slug}`: the papers of one topic, category or keyword. */
import { renderList, type SearchParams } from '#app/answer.ts';
import { app } from '#app/server.ts';

type Props = { readonly params: Promise<{ readonly slug: string }>; readonly searchParams: SearchParams };

export default async function TagPage({ params, searchParams }: Props) {
  const { slug } = await params;
  return renderList(() => app().findTagScope(decodeURIComponent(slug)), searchParams);
}
