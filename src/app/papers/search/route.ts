/** `/papers/search`: the fields of the form that builds a query, answered with the list they ask for. */
import { goTo } from '#http/routes/form.ts';
import { route } from '#http/routes/problem-document.ts';
import { toListParams } from '#query/build-query.ts';
import { hrefOfParams } from '#query/format-query.ts';
import { allPapersPath } from '#view/paths.ts';

export const GET = route(async (request) => {
  const href = hrefOfParams(allPapersPath, toListParams(new URL(request.url).searchParams));
  // A script goes there by itself, without loading the page anew.
  if (request.headers.get('accept')?.includes('application/json'))
    return Response.json({ href }, { headers: { 'cache-control': 'no-store' } });
  return goTo(href);
});
