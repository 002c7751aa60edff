/** `GET /feeds/topics.opml`: an OPML outline with a feed for each topic. */

import { app } from '#app/server.ts';
import { opmlType } from '#formats/shared/opml.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

const headers = { 'cache-control': 'no-cache', 'access-control-allow-origin': '*', 'content-type': opmlType };

export const GET = route(async () => new Response(await app().opml(), { headers }));
