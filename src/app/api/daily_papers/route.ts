/** `GET /api/daily_papers`, as Hugging Face has it: what was listed on a day, in a week or month, or at all. */
import { hfRoute, preflight } from '#app/api-route.ts';
import { toNextLink } from '#app/next-link.ts';
import { app, today } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = hfRoute(async ({ params }) => toNextLink(await app().api.hfDaily(params, today())));
