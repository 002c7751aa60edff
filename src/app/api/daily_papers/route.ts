/** `GET /api/daily_papers` of the Hugging Face API: papers listed on a day, in a week or month, or ever. */
import { hfRoute, preflight } from '#app/api-route.ts';
import { toNextLink } from '#app/next-link.ts';
import { app, today } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = hfRoute(async ({ params }) => toNextLink(await app().api.hfDaily(params, today())));
