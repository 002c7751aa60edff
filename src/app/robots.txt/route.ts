/** `GET /robots.txt`: the addresses that crawlers may fetch. */
import { plainApiRoute } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const GET = plainApiRoute(() => ({ body: app().api.robots(), type: 'text/plain; charset=utf-8' }));
