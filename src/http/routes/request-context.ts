/** The current request and response of a page. Pages set the status here: Next's own 404 needs scripts to show. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { processSingleton } from '#core/process-singleton.ts';

/** Tracks the response of each request. Call it before the server listens; later calls do nothing. */
export function trackRequests(): AsyncLocalStorage<ServerResponse> {
  return processSingleton('responses', () => {
    const responses = new AsyncLocalStorage<ServerResponse>();
    // Node publishes this in the async context that then handles the request.
    subscribe('http.server.request.start', (message) => {
      const { response } = message as { readonly response: ServerResponse };
      responses.enterWith(response);
    });
    return responses;
  });
}

/** Adds a header to `Vary`. Next.config's `Vary` does not apply to a page that sets its own. */
export function varyOn(header: string): void {
  const response = trackRequests().getStore();
  if (response && !response.headersSent) response.appendHeader('Vary', header);
}

/** Emitted on the response: a store revision it was rendered from; null for an incomplete result. */
export const revisionEvent = 'paper-digest:revision';

/** Reports the revision of data that the current response contains. */
export function noteRevision(revision: number | null): void {
  trackRequests().getStore()?.emit(revisionEvent, revision);
}

/** Sets the status of the current response. Returns false if it is too late: then throw Next's `notFound()`. */
export function setStatus(status: number, headers: Readonly<Record<string, string>> = {}): boolean {
  const response = trackRequests().getStore();
  if (response === undefined || response.headersSent) return false;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return true;
}

/** Sets a status that Next cannot replace. Next turns every uncaught error of a page into a 500. */
export function fixStatus(status: number): void {
  const response = trackRequests().getStore();
  if (response === undefined || response.headersSent) return;
  Object.defineProperty(response, 'statusCode', { get: () => status, set: () => {}, configurable: true });
}

/** Returns the current request of node:http; undefined if unknown. */
export function runningRequest(): IncomingMessage | undefined {
  return trackRequests().getStore()?.req;
}
