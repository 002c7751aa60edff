/** `/outbox?key=…` (rewritten in next.config.ts): exchanges the key that the server prints for a cookie. */

import { digest } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { goTo } from '#http/routes/form.ts';
import { route } from '#http/routes/problem-document.ts';

export const GET = route(async (request) => {
  const cookie = digest().openOutbox(new URL(request.url).searchParams.get('key') ?? '');
  if (cookie === null) throw new AppError('not_found', 'There is no page at this address.');
  const response = goTo('/outbox');
  response.headers.set('set-cookie', cookie);
  return response;
});
