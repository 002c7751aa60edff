/** `GET /sitemap.xml`: the sitemap index. */
import { plainApiRoute } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const GET = plainApiRoute(async () => ({
  body: await app().api.sitemapIndex(),
  type: 'application/xml; charset=utf-8',
}));
