/** `GET /api/papers`, as Hugging Face has it: every paper, the newest first. */
import { hfRoute, preflight } from '#app/api-route.ts';
import { toNextLink } from '#app/next-link.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = hfRoute(async ({ params }) => toNextLink(await app().api.hfPapers(params)));
