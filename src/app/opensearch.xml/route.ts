/** `GET /opensearch.xml`: the OpenSearch description, by which browsers add the site as a search engine. */
import { plainApiRoute } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const GET = plainApiRoute(() => ({
  body: app().api.openSearchDescription(),
  type: 'application/opensearchdescription+xml; charset=utf-8',
}));
