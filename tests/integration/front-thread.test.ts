/** The front and an origin that has much to do: nothing is refused, and nothing holds up the end. */
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectOrigin } from '#front/origin-client';
import { createOriginServer, type Handle } from '#front/origin-server';
import { aTempFolder } from '#tests/temp-store';

async function anOrigin(handle: Handle): Promise<string> {
  const socketPath = join(aTempFolder(), 'origin');
  const origin = createOriginServer(handle);
  onTestFinished(() => origin.closeAllConnections());
  await once(origin.listen(socketPath), 'listening');
  return socketPath;
}

test('more is asked for at once than an origin that is busy lets wait', async () => {
  const { ask } = connectOrigin(await anOrigin(async (_, response) => void response.writeHead(200).end()));
  const answers = await Promise.all(Array.from({ length: 1000 }, () => ask({ url: '/status', headers: {} })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});
