/** `/outbox?key=…`, see the rewrites in next.config.ts: the address that the server prints gives the cookie by which `/outbox` opens. */
import { goTo } from '#app/read-form.ts';
import { route } from '#app/route-handler.ts';
import { digest } from '#app/server.ts';
import { AppError } from '#core/errors.ts';

export const GET = route(async (request) => {
  const cookie = digest().openOutbox(new URL(request.url).searchParams.get('key') ?? '');
  if (cookie === null) throw new AppError('not_found', 'There is no page at this address.');
  const response = goTo('/outbox');
  response.headers.set('set-cookie', cookie);
  return response;
});
