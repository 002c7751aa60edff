/** What the front lets through to the origin server and back, on real sockets: as it is, as it comes, and no longer than its reader stays. */
import { once } from 'node:events';
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { connectOrigin } from '#front/origin-client';
import { noteRevision, peerAddress } from '#platform/page-status';
import { aFront } from '#tests/a-front';
import { aTempFolder } from '#tests/temp-store';

const plain = { 'content-type': 'text/plain', 'cache-control': 'no-store' };

async function bodyOf(request: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('an exchange goes through', () => {
  test('with its body, its fields and its status', async () => {
    const { port } = await aFront({
      handle: async (request, response) => {
        const body = await bodyOf(request);
        noteRevision(3);
        response.writeHead(303, { ...plain, location: '/next', 'set-cookie': ['a=1', 'b=2'] });
        response.end(`${request.method} ${request.url} ${request.headers['x-own']} ${request.headers.te} ${body.length}`);
      },
    });
    const asked = send({ port, method: 'POST', path: '/subscribe?a=%20b', headers: { 'x-own': 'yes', te: 'trailers' }, agent: false });
    asked.end('x'.repeat(300_000));
    const [answer] = await once(asked, 'response');
    expect([answer.statusCode, answer.headers.location, answer.headers['set-cookie']]).toEqual([303, '/next', ['a=1', 'b=2']]);
    expect(await bodyOf(answer)).toBe('POST /subscribe?a=%20b yes undefined 300000');
    expect(JSON.stringify([answer.headers, answer.trailers])).not.toContain('revisions');
  });

  test('and names its reader by the address of the connection, or by what a proxy nearby says', async () => {
    const { port } = await aFront({
      handle: async ({ headers }, response) => void response.writeHead(200, plain).end(peerAddress(String(headers['x-forwarded-for']))),
    });
    const named = async (headers: Record<string, string>) => {
      const asked = send({ host: '127.0.0.1', port, method: 'POST', path: '/subscribe', headers, agent: false }).end();
      return await bodyOf((await once(asked, 'response'))[0]);
    };
    expect(await named({})).toBe('127.0.0.1');
    expect(await named({ 'x-forwarded-for': '203.0.113.9, 198.51.100.7' })).toBe('198.51.100.7');
  });

  test('piece by piece', async () => {
    let goOn = () => {};
    const { port } = await aFront({
      handle: async (_, response) => {
        response.writeHead(200, plain).write('first');
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        response.end('last');
      },
    });
    const [answer] = await once(send({ port, path: '/feeds/papers.bib', agent: false }).end(), 'response');
    expect(String((await once(answer, 'data'))[0])).toBe('first');
    goOn();
    expect(await bodyOf(answer)).toBe('last');
  });

  test('as slowly as its reader reads', async () => {
    let written = 0;
    const { port } = await aFront({
      handle: async (_, response) => {
        response.writeHead(200, plain);
        const piece = Buffer.alloc(100_000, 'x');
        for (; written < 1000 && !response.destroyed; written++)
          if (!response.write(piece)) await Promise.race([once(response, 'drain'), sleep(3000)]);
        response.end();
      },
    });
    const reader = connect({ port, host: '127.0.0.1', onread: { buffer: Buffer.alloc(1), callback: () => false } });
    reader.write('GET /feeds/papers.bib HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => written).toBeGreaterThan(0);
    await sleep(1000);
    expect(written).toBeLessThan(500);
    reader.destroy();
  });

  test('no longer than its reader stays', async () => {
    const closed = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { port } = await aFront({
      handle: async (_, response) => {
        response.on('close', closed.resolve);
        response.writeHead(200, plain).write('x');
        begun.resolve();
        await closed.promise;
      },
    });
    const reader = connect(port, '127.0.0.1');
    reader.write('GET /feeds/papers.bib HTTP/1.1\r\nhost: x\r\n\r\n');
    await begun.promise;
    reader.destroy();
    await closed.promise;
  });

  test('with an answer that comes before everything was sent', async () => {
    const { port } = await aFront({ handle: async (_, response) => void response.writeHead(413, plain).end('too much') });
    const asked = send({ port, method: 'POST', path: '/mcp', headers: { 'content-length': '100000000' }, agent: false });
    asked.on('error', () => {});
    asked.write(Buffer.alloc(1_000_000));
    const [answer] = await once(asked, 'response');
    expect([answer.statusCode, await bodyOf(answer)]).toEqual([413, 'too much']);
    asked.destroy();
    expect((await once(send({ port, method: 'POST', path: '/mcp', agent: false }).end(), 'response'))[0].statusCode).toBe(413);
  });
});

test.each([
  ['in one piece', (write: (piece: string) => void) => write('')],
  ['in two', (write: (piece: string) => void) => write('begun, ')],
])('an answer %s says of which revisions it is', async (_, begin) => {
  let revision = 7;
  let made = 0;
  const { ask, count } = await aFront({
    revision: () => 7,
    handle: async (__, response) => {
      made += 1;
      response.writeHead(200, { 'content-type': 'text/html' });
      begin((piece) => piece !== '' && response.write(piece));
      await sleep(1);
      noteRevision(revision);
      response.end('done');
    },
  });
  await ask('/papers');
  expect(count()).toBe(1);
  revision = 8;
  await ask('/papers?q=a');
  await ask('/papers?q=a');
  expect([made, count()]).toEqual([3, 1]);
});

test('an origin that is gone is said to be', async () => {
  const errors: unknown[] = [];
  const { ask } = await aFront({
    origin: connectOrigin(`${aTempFolder()}/nobody`),
    handle: async () => {},
    onError: (error) => errors.push(error),
  });
  for (const path of ['/papers', '/status', '/feeds/papers.bib'])
    expect(await ask(path)).toMatchObject({ status: 500, body: Buffer.from('Something went wrong here. The log has more.\n') });
  expect(errors).toHaveLength(3);
});
