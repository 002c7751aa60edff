/** `GET /api/papers` of the Hugging Face API: all papers, newest first. */
import { hfRoute, preflight } from '#app/api-route.ts';
import { toNextLink } from '#app/next-link.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = hfRoute(async ({ params }) => toNextLink(await app().api.hfPapers(params)));
