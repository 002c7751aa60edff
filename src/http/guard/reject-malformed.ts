/** Responds to input that node:http cannot parse, with the headers of every response. */
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { securityHeaders } from './security-headers.ts';

type Refusal = { readonly status: number; readonly sentence: string };

const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: { status: 431, sentence: 'The header fields of this request are too large: 16 kB is the most.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, sentence: 'The chunk extensions of this request are too large.' },
  TOO_MANY_PIECES: { status: 413, sentence: 'The body of this request comes in too many pieces.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, sentence: 'This request did not arrive in time.' },
};
const unreadable: Refusal = { status: 400, sentence: 'This is no HTTP request that can be read here.' };

/** Handles `clientError`. It always closes the connection, because the start of the next request is unknown. */
export const rejectMalformed = (siteUrl: string) => (error: Error & { readonly code?: string }, socket: Socket) => {
  // Node's current response on this socket. If it has begun, more text would become part of it.
  const { _httpMessage: running } = socket as { readonly _httpMessage?: ServerResponse | null };
  if (!socket.writable || error.code === 'ECONNRESET' || running?.headersSent) return void socket.destroy(error);
  const { status, sentence } = refusals[error.code ?? ''] ?? unreadable;
  const headers = {
    ...securityHeaders(siteUrl),
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': sentence.length + 1,
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${sentence}\n`);
  socket.destroySoon();
};
