/** A request with its response, and the headers that are forwarded to the origin. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientField, clientOf } from '#http/guard/client-address.ts';
import type { Waiter } from '#http/limits/shared-work.ts';

export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: string;
};

export const waiterOf = (request: IncomingMessage): Waiter => ({ client: clientOf(request), socket: request.socket });

/** Returns the request's headers with the client's address; without cookies and credentials unless `isPrivate`. */
export function originHeaders(request: IncomingMessage, isPrivate: boolean): IncomingMessage['headers'] {
  const { cookie, authorization, ...fields } = request.headers;
  return { ...(isPrivate ? request.headers : fields), [clientField]: clientOf(request) };
}
