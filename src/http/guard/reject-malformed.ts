/** Responds to input that node:http cannot parse, with the headers of every response. */
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { securityHeaders } from './security-headers.ts';

type Rejection = { readonly status: number; readonly message: string };

const rejections: Readonly<Record<string, Rejection>> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: 'The header fields of this request are too large: 16 kB is the most.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, message: 'The chunk extensions of this request are too large.' },
  TOO_MANY_PIECES: { status: 413, message: 'The body of this request comes in too many pieces.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'This request did not arrive in time.' },
};
const notHttp: Rejection = { status: 400, message: 'This is no HTTP request that can be read here.' };

/** Handles `clientError`. It always closes the connection, because the start of the next request is unknown. */
export const rejectMalformed = (siteUrl: string) => (error: Error & { readonly code?: string }, socket: Socket) => {
  // Node's current response on this socket. If it has begun, more text would become part of it.
  const { _httpMessage: running } = socket as { readonly _httpMessage?: ServerResponse | null };
  if (!socket.writable || error.code === 'ECONNRESET' || running?.headersSent) return void socket.destroy(error);
  const { status, message } = rejections[error.code ?? ''] ?? notHttp;
  const headers = {
    ...securityHeaders(siteUrl),
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': message.length + 1,
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${message}\n`);
  socket.destroySoon();
};
