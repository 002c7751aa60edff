/** Takes the form of `/subscribe`. */
import { goTo, readForm, refuseCrossSite } from '#http/routes/form.ts';
import { route } from '#http/routes/problem-document.ts';
import { digest, runningClient, sendSoon, siteUrl } from '#app/server.ts';

export const POST = route(async (request) => {
  refuseCrossSite(request, siteUrl());
  const next = await digest().request(await readForm(request), runningClient());
  sendSoon();
  return goTo(next);
});

export const GET = async () => goTo('/subscribe');
