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
  fetch(request: OriginRequest): Promise<OriginResponse>;
  /** Pipes the response through. Resolves at its first bytes; `sent` resolves at its end or when the client leaves. */
  stream(request: OriginRequest, response: ServerResponse): Promise<{ readonly sent: Promise<void> }>;
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
const notFetched = [...hopByHop, 'accept-encoding', 'if-none-match', 'if-modified-since', 'range', 'content-length'];
const notStreamed = [...hopByHop, 'content-length'];
const notReturned = [...hopByHop, revisionsField, nonceField];
/** HTTP/1.0 requests may lack `Host`, and the origin requires it. */
const ownHost = { host: 'localhost' };
/** Concurrent fetches; the rest queues here. A busy origin rejects connections beyond its backlog. */
const fetchesMax = 100;
/** Idle connections to keep. Each takes two of the files that a process may have open. */
const freeSocketsMax = 8;

export function connectOrigin(socketPath: string): Origin {
  const baseOptions = {
    socketPath,
    agent: new Agent({ keepAlive: true, maxFreeSockets: freeSocketsMax }),
    setHost: false,
  };
  /** The origin may respond without reading the whole body, so the connection is not reused. */
  const bodyOptions = { ...baseOptions, agent: new Agent({ keepAlive: false }) };
  const fetchOptions = {
    ...baseOptions,
    agent: new Agent({ keepAlive: true, maxSockets: fetchesMax, maxFreeSockets: freeSocketsMax }),
  };
  return {
    fetch: ({ url, method = 'GET', headers, body }) =>
      new Promise((resolve, reject) => {
        const requestHeaders = {
          ...ownHost,
          ...without(headers, notFetched),
          ...(body ? { 'content-length': body.length } : {}),
        };
        send(
          { ...(body ? bodyOptions : fetchOptions), method, path: url, headers: requestHeaders },
          (incoming) => void readWhole(incoming).then(resolve, reject),
        )
          .on('error', reject)
          .end(body);
      }),
    stream: ({ url, method = 'GET', headers }, response) =>
      new Promise((resolve, reject) => {
        const upstream = send({
          ...baseOptions,
          method,
          path: url,
          headers: { ...ownHost, ...without(headers, notStreamed) },
        });
        const sent = Promise.withResolvers<void>();
        response.once('close', () => {
          upstream.destroy();
          sent.resolve();
        });
        upstream.on('error', reject);
        upstream.on('response', (incoming) => {
          if (isRendered(incoming.headers))
            return void sendWhole(incoming, response).then(() => resolve({ sent: Promise.resolve() }), reject);
          response.writeHead(incoming.statusCode ?? 500, without(incoming.headers, notReturned));
          for (const event of ['readable', 'end', 'close']) incoming.once(event, () => resolve({ sent: sent.promise }));
          pipeline(incoming, response, () => sent.resolve());
        });
        upstream.end();
      }),
  };
}

async function readWhole(incoming: IncomingMessage): Promise<OriginResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [headers, body] = [without(incoming.headers, notReturned), Buffer.concat(chunks)];
  return {
    status: incoming.statusCode ?? 500,
    ...(isRendered(headers)
      ? allowRenderedScripts({ headers, body }, String(incoming.headers[nonceField]))
      : { headers, body }),
    revisions: readRevisions(incoming),
  };
}

/** The hashes of a page's scripts are known only when it is complete. */
const sendWhole = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> =>
  sendResponse(new CachedResponse(await readWhole(incoming)), response.req, response);

const without = (headers: OutgoingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
