/** `POST /mcp`: the Model Context Protocol over Streamable HTTP, without sessions or streams. Responses are JSON. */

import { foreignOrigin, protocolVersions, unreadable } from '#api/mcp/answer-message.ts';
import { app, siteUrl } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { isTrustedOrigin } from '#core/web-origin.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

const bodyCharsMax = 200_000;
const messagesMax = 20;
const allow = 'POST, OPTIONS';
const headers = { 'cache-control': 'no-store' };

type Handler = (request: Request) => Promise<Response>;

/** Rejects requests from pages of other sites (DNS rebinding, see the MCP specification). Programs send no `Origin`. */
const fromOwnOrigin = (handle: Handler) =>
  route(async (request) => {
    const origin = request.headers.get('origin');
    if (origin !== null && !isTrustedOrigin(origin, request.headers.get('host') ?? '', siteUrl()))
      return Response.json(foreignOrigin(), { status: 403, headers });
    return handle(request);
  });

export const OPTIONS = fromOwnOrigin(async () => new Response(null, { status: 204, headers: { ...headers, allow } }));

/** Responds with 405: there is no stream to open with GET and no session to end with DELETE. */
const rejectMethod = fromOwnOrigin(async () => new Response(null, { status: 405, headers: { ...headers, allow } }));

export { rejectMethod as DELETE, rejectMethod as GET };

export const POST = fromOwnOrigin(async (request) => {
  const version = request.headers.get('mcp-protocol-version');
  if (version !== null && !protocolVersions.some((known) => known === version))
    throw new AppError('bad_request', `This server speaks ${protocolVersions.join(', ')} of the protocol.`);
  const message = parse(await readText(request));
  if (message === undefined) return Response.json(unreadable(), { status: 400, headers });
  if (!Array.isArray(message)) return toResponse(await app().api.mcp(message));
  if (message.length === 0 || message.length > messagesMax)
    throw new AppError('bad_request', `A batch has 1 to ${messagesMax} messages.`);
  const replies: unknown[] = [];
  for (const item of message) {
    replies.push(await app().api.mcp(item));
    // Lets other requests run between the messages of a batch.
    await new Promise(setImmediate);
  }
  return toResponse(replies.some((reply) => reply !== null) ? replies.filter((reply) => reply !== null) : null);
});

/** Responds with 202 to notifications, which have no reply. */
const toResponse = (reply: unknown): Response =>
  reply === null ? new Response(null, { status: 202, headers }) : Response.json(reply, { headers });

/** Throws `too_large` as soon as the body exceeds `bodyCharsMax`. */
async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of request.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > bodyCharsMax) throw new AppError('too_large', 'The message is too long.');
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No JSON text parses to undefined.
  }
}
