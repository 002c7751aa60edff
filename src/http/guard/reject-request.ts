/** Writes an error response without Next: HTML for browsers, a problem document (RFC 9457) for programs. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { pathOf } from '#http/cache/cache-rules.ts';

export type Rejection = {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const overload: Rejection = {
  status: 503,
  message: 'Too many people are asking for new pages just now. Please try again in a few seconds.',
  headers: { 'retry-after': '2' },
};

export const failure: Rejection = { status: 500, message: 'Something went wrong here. The log has more.' };

export const methodNotAllowed = (methods: readonly string[]): Rejection => ({
  status: 405,
  message: `This address takes ${methods.join(', ')}.`,
  headers: { allow: methods.join(', ') },
});

export function rejectRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { status, message, headers = {} }: Rejection,
): void {
  const isOpenToAll = /^\/(?:api\/|mcp$)/.test(pathOf(request.url ?? ''));
  const isForPrograms = isOpenToAll || !/text\/html/i.test(request.headers.accept ?? '');
  const title = STATUS_CODES[status] ?? String(status);
  // Clients of the Hugging Face API read `error`.
  const problem = () => JSON.stringify({ type: 'about:blank', status, title, detail: message, error: message });
  const body = isForPrograms ? problem() : toPage(title, message);
  response.writeHead(status, {
    ...(isOpenToAll ? { 'access-control-allow-origin': '*' } : {}),
    'cache-control': 'no-store',
    'content-type': isForPrograms ? 'application/problem+json' : 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Contains nothing from the request, so it needs no escaping. */
const toPage = (title: string, message: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title} · Paper Digest</title>
<h1>${title}</h1>
<p>${message}</p>
</html>
`;
