/** The route handlers over a test's database file, behind the real page cache. Responses have entity tags. */
import { onTestFinished } from 'vitest';
import { openRevision } from '#store/sqlite/revision.ts';
import { aFront } from './a-front.ts';
import { openApi } from './call-api.ts';

export async function aServedApi(databaseFile: string) {
  const call = openApi(databaseFile);
  const { read, close } = openRevision(databaseFile);
  onTestFinished(close);
  return aFront({
    revision: read,
    async handle({ url = '/', method = 'GET', headers }, response) {
      const known = headers['if-none-match'];
      const answer = await call(url, {
        method,
        ...(known === undefined ? {} : { headers: { 'if-none-match': known } }),
      });
      response
        .writeHead(answer.status, Object.fromEntries(answer.headers))
        .end(Buffer.from(await answer.arrayBuffer()));
    },
  });
}
