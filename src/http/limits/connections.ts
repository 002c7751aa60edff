/** Limits open connections and handles the requests of each connection one at a time. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { clientOf } from '#http/guard/client-address.ts';
import { createGroups } from './client-groups.ts';
import { createTurns } from './turns.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };
/** The first exchange of `queue` is being handled. The others are pipelined behind it. */
type Connection = { readonly socket: Socket; readonly client: string; readonly line: Exchange[] };

/** With this many unfinished requests a connection is paused. */
const inHandMax = 4;
/** One packet may carry many requests: the limit of pipelined requests of all connections together. */
const behindMax = 10_000;
/** Requests started in one turn of the event loop. Each turn accepts one connection, so turns are short then. */
const turnLimits = { perTurn: 32, perShortTurn: 4 };

export function createConnections(most: number, handle: Handle) {
  const open = createOpenConnections(most);
  const turns = createTurns(turnLimits);

  const answerFirst = (connection: Connection): void => {
    const [first] = connection.line;
    if (!first) return;
    first.response.once('close', () => {
      if (connection.line[0] !== first) return; // the connection is closed
      open.removeFirst(connection);
      if (connection.line.length < inHandMax && connection.socket.isPaused()) connection.socket.resume();
      if (connection.line.length > 0) turns.takeUp(connection.client, () => answerFirst(connection));
    });
    handle(first.request, first.response).catch(() => first.response.destroy());
  };

  return {
    open(socket: Socket): void {
      turns.hurry();
      open.add(socket);
    },
    inHand: open.inHand,
    take(request: IncomingMessage, response: ServerResponse): void {
      const { socket } = request;
      for (const stream of [request, response]) stream.on('error', () => {});
      const connection = open.find(socket);
      if (!connection) return void socket.destroy();
      open.append(connection, { request, response });
      if (connection.line.length === 1) turns.takeUp(connection.client, () => answerFirst(connection));
      else if (open.inHand() > most + behindMax) socket.destroy();
      if (connection.line.length >= inHandMax) socket.pause();
    },
  };
}

/** When there are too many connections, the client with the most loses one. */
function createOpenConnections(most: number) {
  const connections = new Map<Socket, Connection>();
  const ofClients = createGroups<Connection>();
  let inHand = 0;

  const forget = (connection: Connection): void => {
    connections.delete(connection.socket);
    ofClients.remove(connection.client, connection);
    inHand -= connection.line.length;
    connection.line.length = 0;
  };

  /** Closes the client's oldest idle connection, else its oldest one. */
  const closeOneOf = (client: string): void => {
    const own = [...ofClients.of(client)];
    const loser = own.find(({ line }) => line.length === 0) ?? own[0];
    if (!loser) return;
    forget(loser);
    loser.socket.destroy();
  };

  return {
    find: (socket: Socket): Connection | undefined => connections.get(socket),
    /** Number of requests without a complete response. */
    inHand: (): number => inHand,
    append({ line }: Connection, exchange: Exchange): void {
      inHand += 1;
      line.push(exchange);
    },
    removeFirst({ line }: Connection): void {
      inHand -= 1;
      line.shift();
    },
    add(socket: Socket): void {
      const connection: Connection = { socket, client: clientOf({ socket, headers: {} }), line: [] };
      connections.set(socket, connection);
      ofClients.add(connection.client, connection);
      // A broken connection concerns its client only.
      socket.on('error', () => {});
      socket.once('close', () => forget(connection));
      // Node resumes the socket after each request.
      socket.on('resume', () => void (connection.line.length >= inHandMax && socket.pause()));
      if (connections.size > most) closeOneOf(ofClients.clientWithMost(connection.client));
    },
  };
}
