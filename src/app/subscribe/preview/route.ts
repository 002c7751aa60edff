/** `GET /subscribe/preview`: the mail that a filter would send now, for a frame in `/subscribe`. */

import { toMailResponse } from '#app/mail-page.ts';
import { digest } from '#app/server.ts';
import { route } from '#http/routes/problem-document.ts';

export const GET = route(async (request) =>
  toMailResponse(await digest().renderPreview(new URL(request.url).searchParams)),
);
