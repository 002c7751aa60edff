/**
 * Handles one JSON-RPC message of the Model Context Protocol, without sessions. The server offers tools only.
 * Source: modelcontextprotocol.io/specification, “Lifecycle” and “Tools”.
 */
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { type Tool, type Tools, tools } from './tools.ts';

/** The newest first. Clients that request an unknown version get the newest. */
export const protocolVersions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

const RequestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
});
type Request = z.infer<typeof RequestSchema>;

/** JSON-RPC 2.0 §5.1. */
const codes = { parse: -32700, request: -32600, method: -32601, params: -32602 } as const;

type Reply = { readonly jsonrpc: '2.0'; readonly id: string | number | null } & (
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } }
);

/** Returns null for messages without a response: notifications, and responses to the server. */
export async function answerMessage(message: unknown, context: Tools): Promise<Reply | null> {
  const parsed = RequestSchema.safeParse(message);
  if (!parsed.success)
    return isReply(message) ? null : toError(idOf(message), 'request', 'This is no JSON-RPC 2.0 request.');
  const request = parsed.data;
  if (request.id === undefined) return null;
  switch (request.method) {
    case 'initialize':
      return reply(request, initialize(request.params));
    case 'ping':
      return reply(request, {});
    case 'tools/list':
      return reply(request, { tools: tools.map(describe) });
    case 'tools/call':
      return await callTool(request, context);
    default:
      return toError(request.id, 'method', `There is no method “${request.method}” here.`);
  }
}

export const unreadable = (): Reply => toError(null, 'parse', 'The body is no JSON.');

export const foreignOrigin = (): Reply =>
  toError(null, 'request', 'This server answers pages of its own site only, and programs that send no Origin.');

/** The id of an invalid request, so that the client can match the error response. */
const idOf = (message: unknown): string | number | null =>
  z.object({ id: z.union([z.string(), z.number()]) }).safeParse(message).data?.id ?? null;

const isReply = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'id' in message && ('result' in message || 'error' in message);

const reply = ({ id }: Request, result: unknown): Reply => ({ jsonrpc: '2.0', id: id ?? null, result });

const toError = (id: string | number | null, code: keyof typeof codes, message: string): Reply => ({
  jsonrpc: '2.0',
  id,
  error: { code: codes[code], message },
});

function initialize({ protocolVersion }: Request['params']) {
  const version = protocolVersions.find((known) => known === protocolVersion) ?? protocolVersions[0];
  return {
    protocolVersion: version,
    capabilities: { tools: {} },
    serverInfo: { name: 'paper-digest', title: 'Paper Digest', version: '1' },
    instructions:
      'A digest of research papers. Search with search_papers, read one with get_paper, see what is new with list_day, go on with related_papers, and take references from cite.',
  };
}

function describe({ name, title, description, input, output }: Tool) {
  return {
    name,
    title,
    description,
    inputSchema: z.toJSONSchema(input, { io: 'input' }),
    outputSchema: z.toJSONSchema(output),
    annotations: { title, readOnlyHint: true, idempotentHint: true, openWorldHint: false },
  };
}

/** Returns invalid input and `not_found` as a result, so that the model can correct its call. Throws `unavailable`. */
async function callTool(request: Request, context: Tools): Promise<Reply> {
  const { name, arguments: input = {} } = request.params;
  const tool = tools.find((each) => each.name === name);
  if (!tool) return toError(request.id ?? null, 'params', `There is no tool “${String(name)}”.`);
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) return reply(request, toFailure(z.prettifyError(parsed.error)));
  try {
    const { text, data } = await tool.run(parsed.data, context);
    return reply(request, { content: [{ type: 'text', text }], structuredContent: data });
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') return reply(request, toFailure(error.message));
    throw error;
  }
}

const toFailure = (text: string) => ({ content: [{ type: 'text', text }], isError: true });
