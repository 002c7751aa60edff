/** `GET /llms.txt`: instructions for agents that use the site. */
import { plainApiRoute } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const GET = plainApiRoute(() => ({ body: app().api.llms(), type: 'text/markdown; charset=utf-8' }));
