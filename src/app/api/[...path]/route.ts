/** Responds with 404 as problem details to every other address below `/api`. */
import { preflight } from '#app/api-route.ts';
import { AppError } from '#core/errors.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = route(async () => {
  throw new AppError('not_found', 'There is nothing at this address; /api lists what there is.');
});
