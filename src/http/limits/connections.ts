/** Limits open connections and handles the requests of each connection one at a time. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { clientOf } from '#http/guard/client-address.ts';
import { createGroups } from './client-groups.ts';
import { createTurns } from './turns.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };
/** The first exchange of `queue` is being handled. The others are pipelined behind it. */
type Connection = { readonly socket: Socket; readonly client: string; readonly queue: Exchange[] };

/** With this many unfinished requests a connection is paused. */
const pipelinedMax = 4;
/** One packet may carry many requests: the limit of pipelined requests of all connections together. */
const pipelinedTotalMax = 10_000;
/** Requests started in one turn of the event loop. Each turn accepts one connection, so turns are short then. */
const turnLimits = { perTurn: 32, perShortTurn: 4 };

export function createConnections(connectionsMax: number, handle: Handle) {
  const open = createOpenConnections(connectionsMax);
  const turns = createTurns(turnLimits);

  const handleFirst = (connection: Connection): void => {
    const [first] = connection.queue;
    if (!first) return;
    first.response.once('close', () => {
      if (connection.queue[0] !== first) return; // the connection is closed
      open.removeFirst(connection);
      if (connection.queue.length < pipelinedMax && connection.socket.isPaused()) connection.socket.resume();
      if (connection.queue.length > 0) turns.start(connection.client, () => handleFirst(connection));
    });
    handle(first.request, first.response).catch(() => first.response.destroy());
  };

  return {
    open(socket: Socket): void {
      turns.shortenNext();
      open.add(socket);
    },
    pending: open.pending,
    add(request: IncomingMessage, response: ServerResponse): void {
      const { socket } = request;
      for (const stream of [request, response]) stream.on('error', () => {});
      const connection = open.find(socket);
      if (!connection) return void socket.destroy();
      open.append(connection, { request, response });
      if (connection.queue.length === 1) turns.start(connection.client, () => handleFirst(connection));
      else if (open.pending() > connectionsMax + pipelinedTotalMax) socket.destroy();
      if (connection.queue.length >= pipelinedMax) socket.pause();
    },
  };
}

/** When there are too many connections, the client with the most loses one. */
function createOpenConnections(connectionsMax: number) {
  const connections = new Map<Socket, Connection>();
  const ofClients = createGroups<Connection>();
  let pending = 0;

  const remove = (connection: Connection): void => {
    connections.delete(connection.socket);
    ofClients.remove(connection.client, connection);
    pending -= connection.queue.length;
    connection.queue.length = 0;
  };

  /** Closes the client's oldest idle connection, else its oldest one. */
  const closeOldestOf = (client: string): void => {
    const connectionsOfClient = [...ofClients.of(client)];
    const loser = connectionsOfClient.find(({ queue }) => queue.length === 0) ?? connectionsOfClient[0];
    if (!loser) return;
    remove(loser);
    loser.socket.destroy();
  };

  return {
    find: (socket: Socket): Connection | undefined => connections.get(socket),
    /** Number of requests without a complete response. */
    pending: (): number => pending,
    append({ queue }: Connection, exchange: Exchange): void {
      pending += 1;
      queue.push(exchange);
    },
    removeFirst({ queue }: Connection): void {
      pending -= 1;
      queue.shift();
    },
    add(socket: Socket): void {
      const connection: Connection = { socket, client: clientOf({ socket, headers: {} }), queue: [] };
      connections.set(socket, connection);
      ofClients.add(connection.client, connection);
      // A broken connection concerns its client only.
      socket.on('error', () => {});
      socket.once('close', () => remove(connection));
      // Node resumes the socket after each request.
      socket.on('resume', () => void (connection.queue.length >= pipelinedMax && socket.pause()));
      if (connections.size > connectionsMax) closeOldestOf(ofClients.clientWithMost(connection.client));
    },
  };
}
