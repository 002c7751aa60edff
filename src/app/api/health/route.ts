/** `GET /api/health`: 200 if the store can be read. The page cache keeps the response for one store revision. */
import { anyOrigin, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = route(async () => {
  const revision = await app()
    .revision()
    .catch(() => {
      throw new AppError('unavailable', 'The store does not answer.');
    });
  return Response.json({ status: 'ok', revision }, { headers: { ...anyOrigin, 'cache-control': 'no-cache' } });
});
