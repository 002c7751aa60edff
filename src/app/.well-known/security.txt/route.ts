/** `GET /.well-known/security.txt`: the contact for vulnerability reports (RFC 9116). */

import { app, contactUrl, today } from '#app/server.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

export const GET = route(
  async () =>
    // The `Expires` field depends on the current day, so the response is not cached.
    new Response(app().api.security(contactUrl(), today()), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    }),
);
