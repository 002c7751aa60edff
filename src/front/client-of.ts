/** The client of a request or connection: whom the limits count. */
import type { IncomingMessage } from 'node:http';
import { clientAddress } from '#platform/client-address';

export function clientOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  return clientAddress(socket.remoteAddress ?? '', [headers['x-forwarded-for'] ?? []].flat().join(',') || null);
}
