/** `GET /papers/search`: redirects the fields of the query builder to the list they describe. */
import { goTo } from '#http/routes/form.ts';
import { route } from '#http/routes/problem-document.ts';
import { toListParams } from '#query/build-query.ts';
import { hrefOfParams } from '#query/format-query.ts';
import { allPapersPath } from '#view/paths.ts';

export const GET = route(async (request) => {
  const href = hrefOfParams(allPapersPath, toListParams(new URL(request.url).searchParams));
  // Our client script navigates to the address without a page load.
  if (request.headers.get('accept')?.includes('application/json'))
    return Response.json({ href }, { headers: { 'cache-control': 'no-store' } });
  return goTo(href);
});
