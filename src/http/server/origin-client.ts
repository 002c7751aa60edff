/** Fetches complete responses from the origin server, or pipes them through. */
import { Agent, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, request as send } from 'node:http';
import { pipeline } from 'node:stream';
import { CachedResponse } from '#http/cache/cached-response.ts';
import { readRevisions, revisionsField } from '#http/cache/revisions-field.ts';
import { allowRenderedScripts, isRendered, nonceField } from '#http/cache/script-policy.ts';
import { sendResponse } from '#http/cache/send-response.ts';

export type OriginResponse = {
  readonly status: number;
  readonly headers: Readonly<OutgoingHttpHeaders>;
  readonly body: Buffer;
  /** The store revisions it was rendered from; contains null for an incomplete response. */
  readonly revisions: ReadonlySet<number | null>;
};

type OriginRequest = {
  readonly url: string;
  readonly method?: string;
  readonly headers: IncomingMessage['headers'];
  readonly body?: Buffer;
};

export type Origin = {
  /** Returns a complete, uncompressed response to an unconditional request. The client cannot abort it. */
  ask(asked: OriginRequest): Promise<OriginResponse>;
  /** Pipes the response through. Resolves at its first bytes; `sent` resolves at its end or when the client leaves. */
  stream(asked: OriginRequest, response: ServerResponse): Promise<{ readonly sent: Promise<void> }>;
};

/** Fields of one connection, which are not forwarded (RFC 9110 §7.6.1). */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
];
const notAsked = [...hopByHop, 'accept-encoding', 'if-none-match', 'if-modified-since', 'range', 'content-length'];
const notStreamed = [...hopByHop, 'content-length'];
const notAnswered = [...hopByHop, revisionsField, nonceField];
/** HTTP/1.0 requests may lack `Host`, and the origin requires it. */
const ownHost = { host: 'localhost' };
/** Concurrent fetches; the rest queues here. A busy origin rejects connections beyond its backlog. */
const askedAtOnce = 100;
/** Idle connections to keep. Each takes two of the files that a process may have open. */
const freeSocketsMax = 8;

export function connectOrigin(socketPath: string): Origin {
  const to = { socketPath, agent: new Agent({ keepAlive: true, maxFreeSockets: freeSocketsMax }), setHost: false };
  /** The origin may respond without reading the whole body, so the connection is not reused. */
  const toSend = { ...to, agent: new Agent({ keepAlive: false }) };
  const toAsk = {
    ...to,
    agent: new Agent({ keepAlive: true, maxSockets: askedAtOnce, maxFreeSockets: freeSocketsMax }),
  };
  return {
    ask: ({ url, method = 'GET', headers, body }) =>
      new Promise((resolve, reject) => {
        const framed = {
          ...ownHost,
          ...without(headers, notAsked),
          ...(body ? { 'content-length': body.length } : {}),
        };
        send(
          { ...(body ? toSend : toAsk), method, path: url, headers: framed },
          (answer) => void readWhole(answer).then(resolve, reject),
        )
          .on('error', reject)
          .end(body);
      }),
    stream: ({ url, method = 'GET', headers }, response) =>
      new Promise((resolve, reject) => {
        const upstream = send({ ...to, method, path: url, headers: { ...ownHost, ...without(headers, notStreamed) } });
        const sent = Promise.withResolvers<void>();
        response.once('close', () => {
          upstream.destroy();
          sent.resolve();
        });
        upstream.on('error', reject);
        upstream.on('response', (answer) => {
          if (isRendered(answer.headers))
            return void sendWhole(answer, response).then(() => resolve({ sent: Promise.resolve() }), reject);
          response.writeHead(answer.statusCode ?? 500, without(answer.headers, notAnswered));
          for (const begun of ['readable', 'end', 'close']) answer.once(begun, () => resolve({ sent: sent.promise }));
          pipeline(answer, response, () => sent.resolve());
        });
        upstream.end();
      }),
  };
}

async function readWhole(answer: IncomingMessage): Promise<OriginResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const [headers, body] = [without(answer.headers, notAnswered), Buffer.concat(chunks)];
  return {
    status: answer.statusCode ?? 500,
    ...(isRendered(headers)
      ? allowRenderedScripts({ headers, body }, String(answer.headers[nonceField]))
      : { headers, body }),
    revisions: readRevisions(answer),
  };
}

/** The hashes of a page's scripts are known only when it is complete. */
const sendWhole = async (answer: IncomingMessage, response: ServerResponse): Promise<void> =>
  sendResponse(new CachedResponse(await readWhole(answer)), response.req, response);

const without = (headers: OutgoingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
