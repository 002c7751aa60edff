/** `POST /subscription/{token}/{action}`: a subscription's buttons, and one-click unsubscribe (RFC 8058). */

import { digest, runningClient, siteUrl } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { goTo, readForm, refuseCrossSite } from '#http/routes/form.ts';
import { route } from '#http/routes/problem-document.ts';

export const POST = route(async (request, { params }) => {
  const { token, action } = await params;
  const form = await readForm(request);
  // Mail providers send it from their own sites, and for many subscribers from one address. So it skips both checks.
  const isOneClick = action === 'leave' && !form.has('page');
  if (!isOneClick) {
    refuseCrossSite(request, siteUrl());
    digest().countForm(runningClient());
  }
  const next = await digest().act(String(token), String(action), form);
  if (isOneClick) return leftResponse();
  if (next === null) throw new AppError('not_found', 'This link opens no subscription.');
  return goTo(next);
});

export const GET = route(async (_request, { params }) =>
  goTo(`/subscription/${encodeURIComponent(String((await params).token))}`),
);

/** The response is equal for a subscription that no longer exists, and never a redirect (RFC 8058). */
function leftResponse(): Response {
  return new Response('You get no more mails from this subscription.\n', {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
