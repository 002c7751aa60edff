/** `GET /.well-known/security.txt`: whom to tell of a weakness (RFC 9116). */

import { app, contactUrl, today } from '#app/server.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

export const GET = route(
  async () =>
    // It says a day that depends on today.
    new Response(app().api.security(contactUrl(), today()), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    }),
);
