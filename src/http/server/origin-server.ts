/** The origin server: where Next answers, on a socket that only the front knows. Each answer says of which revisions of the store it is. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isClientGone } from '#core/errors.ts';
import { revisionsField, writeRevisions } from '#http/cache/revisions-field.ts';
import { offerNonce } from '#http/cache/script-policy.ts';
import { revisionEvent, trackRequests } from '#http/routes/request-context.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The front has seen to slow and hostile clients before: there are no limits of time here, and room for the fields it adds. */
const trusting = {
  requestTimeout: 0,
  headersTimeout: 0,
  keepAliveTimeout: 0,
  maxHeaderSize: 65_536,
  shouldUpgradeCallback: () => false,
};

export function createOriginServer(handle: Handle, onError: (error: unknown) => void = console.error): Server {
  trackRequests();
  return createServer(trusting, (request, response) => {
    tellRevisions(response);
    offerNonce(request, response);
    handle(request, response).catch((error: unknown) => {
      if (!isClientGone(error)) onError(error);
      response.destroy();
    });
  });
}

/** What a page reads is known when it is complete: by then its head may be on its way, so that a trailer says it. */
function tellRevisions(response: ServerResponse): void {
  const revisions = new Set<number | null>();
  response.on(revisionEvent, (revision: number | null) => revisions.add(revision));
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.end = (...given: unknown[]) => {
    const said = writeRevisions(revisions);
    if (response.headersSent) response.addTrailers({ [revisionsField]: said });
    else response.setHeader(revisionsField, said);
    return end(...given);
  };
}
