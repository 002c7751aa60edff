/** `/papers/{id}`: one paper. The route is a catch-all because old arXiv ids have a slash. */
import { permanentRedirect } from 'next/navigation';
import { renderPage, type SearchParams, toUrlParams } from '#app/answer.ts';
import { app, varyOn } from '#app/server.ts';
import { PaperPage } from '#ui/paper/paper-page.tsx';

type Props = { readonly params: Promise<{ readonly path: readonly string[] }>; readonly searchParams: SearchParams };

export default async function OnePaperPage({ params, searchParams }: Props) {
  const id = (await params).path.map(decodeURIComponent).join('/');
  // The same address has a Markdown representation, see next.config.ts.
  varyOn('Accept');
  return renderPage(async () => {
    const shown = await app().showPaper(id, (await toUrlParams(searchParams)).get('related') ?? '');
    if ('redirect' in shown) permanentRedirect(shown.redirect);
    return <PaperPage {...shown} />;
  });
}
