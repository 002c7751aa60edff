/** A request with its response, and what of the request goes on to the origin. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientField, clientOf } from '#http/guard/client-address.ts';
import type { Waiting } from '#http/limits/shared-work.ts';

export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: string;
};

export const waitingOf = (request: IncomingMessage): Waiting => ({ client: clientOf(request), socket: request.socket });

/** The request's own fields, with its client, by which alone the origin knows it. Only what may depend on who asks sees cookies and keys. */
export function fieldsFor(request: IncomingMessage, mayDependOnWhoAsks: boolean): IncomingMessage['headers'] {
  const { cookie, authorization, ...fields } = request.headers;
  return { ...(mayDependOnWhoAsks ? request.headers : fields), [clientField]: clientOf(request) };
}
