/** The origin server: runs Next on a Unix socket and reports the store revisions of each response. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isClientGone } from '#core/errors.ts';
import { revisionsField, writeRevisions } from '#http/cache/revisions-field.ts';
import { offerNonce } from '#http/cache/script-policy.ts';
import { revisionEvent, trackRequests } from '#http/routes/request-context.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The front has limits on slow clients, so there are no timeouts here, and space for the fields it adds. */
const limits = {
  requestTimeout: 0,
  headersTimeout: 0,
  keepAliveTimeout: 0,
  maxHeaderSize: 65_536,
  shouldUpgradeCallback: () => false,
};

export function createOriginServer(handle: Handle, onError: (error: unknown) => void = console.error): Server {
  trackRequests();
  return createServer(limits, (request, response) => {
    reportRevisions(response);
    offerNonce(request, response);
    handle(request, response).catch((error: unknown) => {
      if (!isClientGone(error)) onError(error);
      response.destroy();
    });
  });
}

/** All revisions are known at the end. The head may have been sent by then, so a trailer reports them. */
function reportRevisions(response: ServerResponse): void {
  const revisions = new Set<number | null>();
  response.on(revisionEvent, (revision: number | null) => revisions.add(revision));
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = (...args: unknown[]) => {
    const value = writeRevisions(revisions);
    if (response.headersSent) response.addTrailers({ [revisionsField]: value });
    else response.setHeader(revisionsField, value);
    return end(...args);
  };
}
