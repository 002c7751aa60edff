/** Takes the form of `/subscribe`. */
import { goTo, readForm, refuseCrossSite } from '#app/read-form';
import { route } from '#app/route-handler';
import { digest, peerAddress, sendSoon } from '#app/server';
import { AppError } from '#core/errors';

export const POST = route(async (request) => {
  refuseCrossSite(request, digest().siteUrl);
  const next = await digest().request(await readForm(request), peerAddress(request.headers.get('x-forwarded-for')));
  if (next === null)
    throw new AppError('too_many_requests', 'Too many subscriptions were asked for from your network; please try again in an hour.');
  sendSoon();
  return goTo(next);
});

export const GET = async () => goTo('/subscribe');
