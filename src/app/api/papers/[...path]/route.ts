/** `GET /api/papers/{id}` of the Hugging Face API, and `{id}.md` as Markdown, the target of `/papers/{id}.md`. */
import { hfRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

const markdownType = 'text/markdown; charset=utf-8; variant=GFM';

export const OPTIONS = preflight;
export const GET = hfRoute(async ({ path }) => {
  if (!path.endsWith('.md')) return { body: await app().api.hfPaper(path) };
  return { body: await app().api.markdown(path.slice(0, -'.md'.length)), type: markdownType };
});
