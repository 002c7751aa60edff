/** Takes the form of `/subscribe`. */
import { goTo, readForm, refuseCrossSite } from '#app/read-form';
import { route } from '#app/route-handler';
import { digest, runningClient, sendSoon, siteUrl } from '#app/server';

export const POST = route(async (request) => {
  refuseCrossSite(request, siteUrl());
  const next = await digest().request(await readForm(request), runningClient());
  sendSoon();
  return goTo(next);
});

export const GET = async () => goTo('/subscribe');
