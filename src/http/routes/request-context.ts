/** The status of a page that is answered as a page: Next itself answers a 404 from a page with an empty body that only a script fills. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { processSingleton } from '#core/process-singleton.ts';

/** Remembers the response of each request from now on. Call it before the server listens; again does nothing. */
export function trackRequests(): AsyncLocalStorage<ServerResponse> {
  return processSingleton('responses', () => {
    const responses = new AsyncLocalStorage<ServerResponse>();
    // Node's own announcement of a request, made in the context in which it is then handled.
    subscribe('http.server.request.start', (message) => {
      const { response } = message as { readonly response: ServerResponse };
      responses.enterWith(response);
    });
    return responses;
  });
}

/** Says that the running request's answer depends on a header of the request; a page's own `Vary` replaces what the settings say. */
export function varyOn(header: string): void {
  const response = trackRequests().getStore();
  if (response && !response.headersSent) response.appendHeader('Vary', header);
}

/** Told of the running response: a revision of the store that the answer was made from; null for what may be better in a moment. */
export const revisionEvent = 'paper-digest:revision';

/** Says of which revision something is that went into the running request's answer. */
export function noteRevision(revision: number | null): void {
  trackRequests().getStore()?.emit(revisionEvent, revision);
}

/** Gives the running request's answer a status. False when that is too late or the response is not known: throw Next's `notFound()` then. */
export function setStatus(status: number, headers: Readonly<Record<string, string>> = {}): boolean {
  const response = trackRequests().getStore();
  if (response === undefined || response.headersSent) return false;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return true;
}

/** Gives the running request's response a status that stays: Next makes a 500 of every error that a page does not catch. */
export function fixStatus(status: number): void {
  const response = trackRequests().getStore();
  if (response === undefined || response.headersSent) return;
  Object.defineProperty(response, 'statusCode', { get: () => status, set: () => {}, configurable: true });
}

/** The running request as node:http received it; undefined when it is not known. */
export function runningRequest(): IncomingMessage | undefined {
  return trackRequests().getStore()?.req;
}
