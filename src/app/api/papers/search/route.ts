/** `GET /api/papers/search` of the Hugging Face API: papers that match a text. */
import { hfRoute, preflight } from '#app/api-route.ts';
import { toNextLink } from '#app/next-link.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = hfRoute(async ({ params }) => toNextLink(await app().api.hfSearch(params)));
