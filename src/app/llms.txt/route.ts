/** `GET /llms.txt`: how an agent uses the site. */
import { plainApiRoute } from '#app/api-route';
import { app } from '#app/server';

export const dynamic = 'force-dynamic';

export const GET = plainApiRoute(() => ({ body: app().api.llms(), type: 'text/markdown; charset=utf-8' }));
