/** Asks the origin server: for a whole answer, or to let an exchange through as it comes. */
import { Agent, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, request as send } from 'node:http';
import { pipeline } from 'node:stream';
import { clientField, clientOf } from '#platform/client-address';
import { Answer } from './answer.ts';
import { readRevisions, revisionsField } from './revisions-field.ts';
import { isRendered, nonceField, settleScripts } from './script-policy.ts';
import { sendAnswer } from './send-answer.ts';

export type OriginAnswer = {
  readonly status: number;
  readonly headers: Readonly<OutgoingHttpHeaders>;
  readonly body: Buffer;
  /** The revisions of the store it was made from; null among them for what may be better in a moment. */
  readonly revisions: ReadonlySet<number | null>;
};

export type Asked = { readonly url: string; readonly headers: IncomingMessage['headers'] };

export type Origin = {
  /** The whole answer to a GET, neither compressed nor conditional: that comes after what is kept. Nobody hangs up on it. */
  ask(asked: Asked): Promise<OriginAnswer>;
  /** Ends when the answer is sent, or its reader gone; throws when there was none. */
  pass(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

/** Fields of one connection, never of the next (RFC 9110 §7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'];
const notAsked = [...hopByHop, 'accept-encoding', 'if-none-match', 'if-modified-since', 'range', 'content-length'];
const notAnswered = [...hopByHop, revisionsField, nonceField];
/** HTTP/1.0 knows no `Host`, and the origin wants one. */
const ownHost = { host: 'localhost' };
/** Whole answers asked for at once: the rest waits here. A busy origin refuses connections beyond its backlog. */
const askedAtOnce = 100;

export function connectOrigin(socketPath: string): Origin {
  const to = { socketPath, agent: new Agent({ keepAlive: true, maxFreeSockets: 64 }), setHost: false };
  const toAsk = { ...to, agent: new Agent({ keepAlive: true, maxSockets: askedAtOnce, maxFreeSockets: 64 }) };
  return {
    ask: ({ url, headers }) =>
      new Promise((resolve, reject) => {
        const asked = { ...ownHost, ...without(headers, notAsked) };
        send({ ...toAsk, path: url, headers: asked }, (answer) => void readWhole(answer).then(resolve, reject))
          .on('error', reject)
          .end();
      }),
    pass: (request, response) =>
      new Promise((resolve, reject) => {
        const { method = 'GET', url = '/' } = request;
        const headers = { ...ownHost, ...without(request.headers, hopByHop), ...framing(request), ...forwardedFor(request) };
        const upstream = send({ ...to, method, path: url, headers });
        response.once('close', () => {
          upstream.destroy();
          resolve();
        });
        upstream.on('error', reject);
        upstream.on('response', (answer) => {
          // What is still being sent is not read any more, and neither is it waited for.
          answer.once('end', () => request.unpipe(upstream).resume());
          if (isRendered(answer.headers)) return void sendWhole(answer, request, response).then(resolve, reject);
          response.writeHead(answer.statusCode ?? 500, without(answer.headers, notAnswered));
          pipeline(answer, response, () => resolve());
        });
        request.pipe(upstream);
      }),
  };
}

async function readWhole(answer: IncomingMessage): Promise<OriginAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const [headers, body] = [without(answer.headers, notAnswered), Buffer.concat(chunks)];
  return {
    status: answer.statusCode ?? 500,
    ...(isRendered(headers) ? settleScripts({ headers, body }, String(answer.headers[nonceField])) : { headers, body }),
    revisions: readRevisions(answer),
  };
}

/** The scripts of a page are known when all of it is there. */
const sendWhole = async (answer: IncomingMessage, request: IncomingMessage, response: ServerResponse): Promise<void> =>
  sendAnswer(new Answer(await readWhole(answer)), request, response);

/** A body in chunks stays one: of a GET or DELETE node:http writes it bare, and the origin would read it as the next request. */
const framing = ({ headers }: IncomingMessage): OutgoingHttpHeaders =>
  headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' };

/** The field by which the origin knows the client, whatever the request itself says there. */
export const forwardedFor = (request: IncomingMessage): Readonly<Record<string, string>> => ({ [clientField]: clientOf(request) });

const without = (headers: OutgoingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
