/** The connections of every client: one request of each is answered at a time, and there are no more of them than files may be open. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { clientOf } from '#http/guard/client-address.ts';
import { createGroups } from './client-groups.ts';
import { createTurns } from './turns.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };
/** The first of `line` is being answered, the others came behind it on the same connection. */
type Connection = { readonly socket: Socket; readonly client: string; readonly line: Exchange[] };

/** With so many in hand a connection is not read any further. */
const inHandMax = 4;
/** What came in one piece is there all the same: of all connections together no more than this waits behind a first request. */
const behindMax = 10_000;
/** Requests taken up in one turn of the event loop, which lets in one new connection: few while more of them come. */
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

/** When there are too many, the client that has most loses one. */
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

  /** The one that was opened first, if possible of those that nothing is asked on. */
  const closeOneOf = (client: string): void => {
    const own = [...ofClients.of(client)];
    const loser = own.find(({ line }) => line.length === 0) ?? own[0];
    if (!loser) return;
    forget(loser);
    loser.socket.destroy();
  };

  return {
    find: (socket: Socket): Connection | undefined => connections.get(socket),
    /** Requests that are not answered yet. */
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
      // What goes wrong with a connection is its client's affair.
      socket.on('error', () => {});
      socket.once('close', () => forget(connection));
      // Node reads on by itself after each request.
      socket.on('resume', () => void (connection.line.length >= inHandMax && socket.pause()));
      if (connections.size > most) closeOneOf(ofClients.clientWithMost(connection.client));
    },
  };
}
