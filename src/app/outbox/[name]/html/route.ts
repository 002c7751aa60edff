/** `GET /outbox/{name}/html`: the HTML of a saved mail, for the frame in its page. */
import { toMailResponse } from '#app/mail-page.ts';
import { digest } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { route } from '#http/routes/problem-document.ts';

export const GET = route(async (_request, { params }) => {
  const mail = await digest().outbox?.open(String((await params).name));
  if (!mail) throw new AppError('not_found', 'There is no such mail here.');
  return toMailResponse(mail.html);
});
