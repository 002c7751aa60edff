/** Takes the form of `/subscribe`. */
import { goTo, readForm, refuseCrossSite } from '#app/read-form.ts';
import { route } from '#app/route-handler.ts';
import { digest, runningClient, sendSoon, siteUrl } from '#app/server.ts';

export const POST = route(async (request) => {
  refuseCrossSite(request, siteUrl());
  const next = await digest().request(await readForm(request), runningClient());
  sendSoon();
  return goTo(next);
});

export const GET = async () => goTo('/subscribe');
