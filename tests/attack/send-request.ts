/** Sends one request and reads the response, through node:http or as raw bytes over a socket. */
import { type Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export type Received = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly ms: number;
};

export type SendOptions = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent | false;
  /** The local address of the connection. */
  readonly localAddress?: string;
  readonly limitMs?: number;
};

/** Rejects if the connection fails or is silent for `limitMs`. */
export function send(
  url: string,
  { body, limitMs = 30_000, agent = false, ...options }: SendOptions = {},
): Promise<Received> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, agent, timeout: limitMs }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
          ms: performance.now() - start,
        }),
      );
    });
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error(`no response within ${limitMs} ms`)));
    sent.end(body);
  });
}

/** Sends raw bytes and returns the server's bytes until it closes or is silent for `silenceMs`. */
export function sendBytes(port: number, bytes: string | Buffer, silenceMs = 700): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const chunks: Buffer[] = [];
    const finish = () => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    socket.setTimeout(silenceMs, finish);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', finish);
    socket.on('close', finish);
    socket.on('connect', () => socket.write(bytes));
  });
}

/** Returns the status codes of the responses in a raw text, in order. */
export const statusesIn = (text: string): number[] =>
  [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status));
