/** `/authors/{name}`: the papers of one author. */
import { renderList, type SearchParams } from '#app/answer.ts';
import { app } from '#app/server.ts';

type Props = { readonly params: Promise<{ readonly name: string }>; readonly searchParams: SearchParams };

export default async function AuthorPage({ params, searchParams }: Props) {
  const { name } = await params;
  return renderList(() => app().findAuthorScope(decodeURIComponent(name)), searchParams);
}
