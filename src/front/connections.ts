/** The connections of every client: one request of each is answered at a time, and there are no more of them than files may be open. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { clientOf } from './client-of.ts';
import { createGroups } from './groups.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };
/** The first of `line` is being answered, the others came behind it on the same connection. */
type Connection = { readonly socket: Socket; readonly client: string; readonly line: Exchange[] };

/** With so many in hand a connection is not read any further. */
const inHandMax = 4;
/** What came in one piece is there all the same: of all connections together no more than this waits behind a first request. */
const behindMax = 10_000;

export function createConnections(most: number, handle: Handle) {
  const connections = new Map<Socket, Connection>();
  const ofClients = createGroups<Connection>();
  let behind = 0;

  const close = (connection: Connection): void => {
    connections.delete(connection.socket);
    ofClients.remove(connection.client, connection);
    behind -= Math.max(0, connection.line.length - 1);
    connection.line.length = 0;
  };

  const open = (socket: Socket): void => {
    const connection = { socket, client: clientOf({ socket, headers: {} }), line: [] };
    connections.set(socket, connection);
    ofClients.add(connection.client, connection);
    // What goes wrong with a connection is its client's affair; the response, if there is one, is told of it by `close`.
    socket.on('error', () => {});
    socket.once('close', () => close(connection));
    // Node reads on by itself after each request.
    socket.on('resume', () => void (connection.line.length >= inHandMax && socket.pause()));
    if (connections.size > most) closeOneOf(ofClients.clientWithMost(connection.client));
  };

  /** The one that was opened first, if possible of those that nothing is asked on. */
  const closeOneOf = (client: string): void => {
    const own = [...ofClients.of(client)];
    const loser = own.find(({ line }) => line.length === 0) ?? own[0];
    if (!loser) return;
    close(loser);
    loser.socket.destroy();
  };

  const answerFirst = (connection: Connection): void => {
    const [first] = connection.line;
    if (!first) return;
    const { request, response } = first;
    response.once('close', () => {
      if (connection.line[0] !== first) return; // the connection is closed
      connection.line.shift();
      if (connection.line.length > 0) behind -= 1;
      if (connection.line.length < inHandMax && connection.socket.isPaused()) connection.socket.resume();
      answerFirst(connection);
    });
    handle(request, response).catch(() => response.destroy());
  };

  return {
    open,
    /** Requests that are not answered yet. */
    inHand: (): number => [...connections.values()].filter(({ line }) => line.length > 0).length + behind,
    take(request: IncomingMessage, response: ServerResponse): void {
      const connection = connections.get(request.socket);
      if (!connection) return void request.socket.destroy();
      for (const stream of [request, response]) stream.on('error', () => {});
      connection.line.push({ request, response });
      if (connection.line.length === 1) return answerFirst(connection);
      behind += 1;
      if (behind > behindMax) request.socket.destroy();
      else if (connection.line.length >= inHandMax) request.socket.pause();
    },
  };
}
