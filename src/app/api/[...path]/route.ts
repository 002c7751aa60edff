/** Every address below `/api` that is none of the API's: programs are told so in a form they read. */
import { preflight } from '#app/api-route.ts';
import { AppError } from '#core/errors.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = route(async () => {
  throw new AppError('not_found', 'There is nothing at this address; /api lists what there is.');
});
