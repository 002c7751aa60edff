/** Bodies that are sent slowly, in hand in great numbers, or in very small pieces: none of them keeps another client's from being read. */
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createBodyMemory } from '#http/limits/body-memory.ts';
import { aWebServer } from '#tests/a-web-server.ts';

const victim = '127.1.0.1';
const head = 'POST /subscribe/request HTTP/1.1\r\nHost: x\r\n';
const numbers = (most: number) => Array.from({ length: most }, (_, i) => i);

/** A site that says how long each body was that it got. */
const aSite = () =>
  aWebServer({
    handle: async (request, response) => {
      const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>);
      response.end(String(Buffer.concat(chunks).length));
    },
  });

/** What comes on a connection until it has the pattern. */
async function hear(socket: Socket, pattern: RegExp): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  await expect.poll(() => text, { timeout: 10_000 }).toMatch(pattern);
  return text;
}

describe('a client that holds all room for bodies', () => {
  test('loses its newest when another client sends a form, which is responded to', async () => {
    const { ask, open } = await aSite();
    const half = (bytes: number) => `${head}Content-Length: ${bytes + 1}\r\n\r\n${'x'.repeat(bytes)}`;
    const sockets = await Promise.all(numbers(32).map(() => open(half(999_990))));
    // So full that ten bytes more are too many.
    const last = await open(half(315));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const form = await ask('/subscribe/request', { method: 'POST', from: victim, body: 'address=me@example.org' });
    expect([form.status, form.body.toString()]).toEqual([200, '22']);
    expect(await hear(last, /^HTTP/)).toMatch(/^HTTP\/1.1 503 /);
    expect(sockets.filter((socket) => socket.bytesRead > 0)).toEqual([]);
  });

  test('loses no body that is there and waits for its response', () => {
    const open = createBodyMemory(100);
    const lost: string[] = [];
    const begin = (client: string, bytes: number) => {
      const share = open(client);
      void share.dropped.then(() => lost.push(client));
      share.add(bytes);
      return share;
    };
    begin('a', 90).end();
    begin('b', 20);
    begin('c', 30);
    return Promise.resolve().then(() => {
      expect(lost).toEqual([]);
      begin('a', 1);
      begin('b', 80);
      return Promise.resolve().then(() => expect(lost).toEqual(['a', 'b']));
    });
  });
});

test('a form that is refused before all of it is read does not keep the next ones from being responded to', async () => {
  const { ask } = await aWebServer({
    handle: async (request, response) => {
      // As a route does that finds a form too long: it stops reading, and nobody reads the rest.
      request.once('data', () => {
        request.pause();
        response.writeHead(413).end();
      });
    },
  });
  for (let i = 0; i < 12; i++)
    expect((await ask('/subscribe/request', { method: 'POST', body: 'a=b&'.repeat(40_000) })).status).toBe(413);
});

describe('a body in pieces of a byte each', () => {
  const pieces = (bytes: number) => `${'1\r\nx\r\n'.repeat(bytes)}0\r\n\r\n`;
  const chunked = 'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n';

  test('is read like any other when it is short', async () => {
    const { open } = await aSite();
    const text = await hear(await open(`${head}${chunked}${pieces(4000)}`), /4000/);
    expect(text).toMatch(/^HTTP\/1.1 200 /);
  });

  test('is refused when it has very many, and its connection ends', async () => {
    const { open } = await aSite();
    const socket = await open(`${head}${chunked}${pieces(20_000)}`);
    const text = await hear(socket, /pieces/);
    expect(text).toMatch(/^HTTP\/1.1 413 /);
    await expect.poll(() => socket.closed || socket.readableEnded).toBe(true);
  });

  test('ends its connection too when nobody reads it', async () => {
    const { open } = await aSite();
    const socket = await open(`GET /papers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`);
    await hear(socket, /^HTTP\/1.1 200 /);
    socket.write(pieces(20_000));
    await expect.poll(() => socket.closed, { timeout: 5000 }).toBe(true);
  });
});
