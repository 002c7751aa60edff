/** Slow, numerous and finely chunked bodies: none of them blocks the bodies of other clients. */
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createBodyMemory } from '#http/limits/body-memory.ts';
import { aWebServer } from '#tests/a-web-server.ts';

const victim = '127.1.0.1';
const head = 'POST /subscribe/request HTTP/1.1\r\nHost: x\r\n';
const numbers = (most: number) => Array.from({ length: most }, (_, i) => i);

/** A site that responds with the length of the body. */
const aSite = () =>
  aWebServer({
    handle: async (request, response) => {
      const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>);
      response.end(String(Buffer.concat(chunks).length));
    },
  });

/** Returns the received text once it matches. */
async function readUntil(socket: Socket, pattern: RegExp): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  await expect.poll(() => text, { timeout: 10_000 }).toMatch(pattern);
  return text;
}

describe('a client that fills the memory for bodies', () => {
  test('a client that fills the body memory loses its newest body to another client’s form', async () => {
    const { ask, open } = await aSite();
    const half = (bytes: number) => `${head}Content-Length: ${bytes + 1}\r\n\r\n${'x'.repeat(bytes)}`;
    const sockets = await Promise.all(numbers(32).map(() => open(half(999_990))));
    // Ten more bytes exceed the limit.
    const last = await open(half(315));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const form = await ask('/subscribe/request', { method: 'POST', from: victim, body: 'address=me@example.org' });
    expect([form.status, form.body.toString()]).toEqual([200, '22']);
    expect(await readUntil(last, /^HTTP/)).toMatch(/^HTTP\/1.1 503 /);
    expect(sockets.filter((socket) => socket.bytesRead > 0)).toEqual([]);
  });

  test('a complete body is never dropped', () => {
    const open = createBodyMemory(100);
    const dropped: string[] = [];
    const begin = (client: string, bytes: number) => {
      const share = open(client);
      void share.dropped.then(() => dropped.push(client));
      share.add(bytes);
      return share;
    };
    begin('a', 90).end();
    begin('b', 20);
    begin('c', 30);
    return Promise.resolve().then(() => {
      expect(dropped).toEqual([]);
      begin('a', 1);
      begin('b', 80);
      return Promise.resolve().then(() => expect(dropped).toEqual(['a', 'b']));
    });
  });
});

test('a form that is rejected before it is read does not block the next ones', async () => {
  const { ask } = await aWebServer({
    handle: async (request, response) => {
      // A route that rejects a long form stops reading, and the rest stays unread.
      request.once('data', () => {
        request.pause();
        response.writeHead(413).end();
      });
    },
  });
  for (let i = 0; i < 12; i++)
    expect((await ask('/subscribe/request', { method: 'POST', body: 'a=b&'.repeat(40_000) })).status).toBe(413);
});

describe('a body in chunks of one byte', () => {
  const pieces = (bytes: number) => `${'1\r\nx\r\n'.repeat(bytes)}0\r\n\r\n`;
  const chunked = 'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n';

  test('a short body in chunks of one byte is read', async () => {
    const { open } = await aSite();
    const text = await readUntil(await open(`${head}${chunked}${pieces(4000)}`), /4000/);
    expect(text).toMatch(/^HTTP\/1.1 200 /);
  });

  test('a long body in chunks of one byte is rejected and its connection closed', async () => {
    const { open } = await aSite();
    const socket = await open(`${head}${chunked}${pieces(20_000)}`);
    const text = await readUntil(socket, /pieces/);
    expect(text).toMatch(/^HTTP\/1.1 413 /);
    await expect.poll(() => socket.closed || socket.readableEnded).toBe(true);
  });

  test('an unread body in chunks of one byte closes its connection', async () => {
    const { open } = await aSite();
    const socket = await open(`GET /papers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`);
    await readUntil(socket, /^HTTP\/1.1 200 /);
    socket.write(pieces(20_000));
    await expect.poll(() => socket.closed, { timeout: 5000 }).toBe(true);
  });
});
