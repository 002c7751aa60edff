/** `GET /api/openapi.json`: the OpenAPI document. */
import { plainApiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = plainApiRoute(() => ({ body: app().api.openApi() }));
