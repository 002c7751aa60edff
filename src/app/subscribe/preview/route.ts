/** The mail a filter would make now, for a frame: under a policy of its own that lets it do nothing. */

import { toMailResponse } from '#app/mail-page.ts';
import { digest } from '#app/server.ts';
import { route } from '#http/routes/problem-document.ts';

export const GET = route(async (request) => toMailResponse(await digest().renderPreview(new URL(request.url).searchParams)));
