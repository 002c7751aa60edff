/** `GET /api/health`: 200 when the store answers. Of the store's revision like a page, so that it is sent from memory once the store was asked. */
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
