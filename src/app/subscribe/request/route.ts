/** `POST /subscribe/request`: receives the form of `/subscribe`. */

import { digest, runningClient, sendSoon, siteUrl } from '#app/server.ts';
import { goTo, readForm, refuseCrossSite } from '#http/routes/form.ts';
import { route } from '#http/routes/problem-document.ts';

export const POST = route(async (request) => {
  refuseCrossSite(request, siteUrl());
  const next = await digest().request(await readForm(request), runningClient());
  sendSoon();
  return goTo(next);
});

export const GET = async () => goTo('/subscribe');
