/** Runs each kind of attack from 127.0.0.1, limited in number and time. */
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttackReport, AttackSpec } from './attack-spec.ts';
import { send } from './send-request.ts';
import { median } from './victim.ts';

type SpecOf<Kind extends AttackSpec['kind']> = Extract<AttackSpec, { readonly kind: Kind }>;
type Attacks = { readonly [Kind in AttackSpec['kind']]: (url: URL, spec: SpecOf<Kind>) => Promise<AttackReport> };

const localAddress = '127.0.0.1';
const started = performance.now();
const secondsSoFar = () => (performance.now() - started) / 1000;
/** Makes the addresses of each run unique, so that no page is in the cache. */
const runName = `${process.pid.toString(36)}${Date.now().toString(36)}`;

export const attacks: Attacks = { loop, sendAndClose, pipeline, readSlowly, sendHeadSlowly, sendBodySlowly, breakOff };

const nothingCameBack = (): AttackReport => ({
  seconds: secondsSoFar(),
  statuses: {},
  toldWhen: 0,
  failures: 0,
  p50Ms: Number.NaN,
});

async function loop(
  url: URL,
  { seconds, connections, path, method = 'GET', headers = {}, body }: SpecOf<'loop'>,
): Promise<AttackReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const statuses: Record<string, number> = {};
  const times: number[] = [];
  let [count, toldWhen, failures] = [0, 0, 0];
  const fill = (text: string, n: number) => text.replaceAll('{n}', `${runName}${n}`);
  const client = async () => {
    while (secondsSoFar() < seconds) {
      const n = count++;
      const options = { agent, method, headers, localAddress, ...(body === undefined ? {} : { body: fill(body, n) }) };
      const response = await send(url.origin + fill(path, n), options).catch(() => null);
      if (!response) {
        failures++;
        continue;
      }
      statuses[response.status] = (statuses[response.status] ?? 0) + 1;
      if (response.status === 503 && response.headers['retry-after'] !== undefined) toldWhen++;
      times.push(response.ms);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return { seconds: secondsSoFar(), statuses, toldWhen, failures, p50Ms: median(times) };
}

const open = (url: URL): Socket => {
  const socket = connect({ host: url.hostname, port: Number(url.port), localAddress });
  return socket.on('error', () => {});
};

const headOf = (url: URL, path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\n${more}`;

async function sendAndClose(url: URL, { count, path }: SpecOf<'sendAndClose'>): Promise<AttackReport> {
  const atOnce = 50;
  let sent = 0;
  const client = async () => {
    while (sent < count) {
      const n = sent++;
      const socket = open(url);
      await new Promise<void>((resolve) => {
        socket.once('close', () => resolve());
        socket.once('connect', () =>
          socket.write(`${headOf(url, `${path}${runName}${n}`)}\r\n`, () => socket.destroy()),
        );
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  return nothingCameBack();
}

async function pipeline(url: URL, { count, path, seconds }: SpecOf<'pipeline'>): Promise<AttackReport> {
  const socket = open(url).pause();
  socket.write(Array.from({ length: count }, (_, n) => `${headOf(url, `${path}${runName}${n}`)}\r\n`).join(''));
  await sleep(seconds * 1000);
  socket.destroy();
  return nothingCameBack();
}

async function readSlowly(url: URL, { connections, path, seconds }: SpecOf<'readSlowly'>): Promise<AttackReport> {
  const sockets = Array.from({ length: connections }, () => {
    const socket = open(url).pause();
    socket.write(`${headOf(url, path)}\r\n`);
    return socket;
  });
  while (secondsSoFar() < seconds) {
    await sleep(1000);
    for (const socket of sockets) socket.read(1);
  }
  for (const socket of sockets) socket.destroy();
  return nothingCameBack();
}

async function sendHeadSlowly(
  url: URL,
  { connections, path, seconds }: SpecOf<'sendHeadSlowly'>,
): Promise<AttackReport> {
  return trickle(
    Array.from({ length: connections }, () => openWith(url, headOf(url, path))),
    seconds,
    'X-a: b\r\n',
  );
}

async function sendBodySlowly(
  url: URL,
  { connections, path, seconds }: SpecOf<'sendBodySlowly'>,
): Promise<AttackReport> {
  const head = `POST ${path} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n`;
  return trickle(
    Array.from({ length: connections }, () => openWith(url, head)),
    seconds,
    'a',
  );
}

function openWith(url: URL, text: string): Socket {
  const socket = open(url);
  socket.write(text);
  return socket;
}

async function trickle(sockets: readonly Socket[], seconds: number, text: string): Promise<AttackReport> {
  while (secondsSoFar() < seconds) {
    await sleep(1000);
    for (const socket of sockets) if (!socket.destroyed) socket.write(text);
  }
  const closed = sockets.filter((socket) => socket.destroyed || socket.readableEnded).length;
  for (const socket of sockets) socket.destroy();
  return { ...nothingCameBack(), failures: closed };
}

async function breakOff(url: URL, { connections, path, seconds }: SpecOf<'breakOff'>): Promise<AttackReport> {
  const texts = [
    (n: number) => `${headOf(url, `${path}${runName}${n}`)}\r\n`,
    () => `POST /mcp HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 5000\r\n\r\n{"jsonrpc"`,
    () => `POST /subscribe/request HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 500\r\n\r\nemail=`,
    () => 'GET /papers HTT',
    () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  ];
  let count = 0;
  const client = async () => {
    while (secondsSoFar() < seconds) {
      const n = count++;
      const socket = openWith(url, (texts[n % texts.length] ?? texts[0])?.(n) ?? '');
      await sleep((n * 37) % 120);
      if (n % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return nothingCameBack();
}
