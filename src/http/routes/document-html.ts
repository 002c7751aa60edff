/** Passes raw HTML from page components to the code that writes the document, outside React's data. */
import type { ServerResponse } from 'node:http';
import { documentMarkup } from '#core/document-html.ts';
import { trackRequests } from './request-context.ts';

/** Registers the store of raw HTML for the page bundles. Call it before the server listens. */
export function provideDocumentHtml(): void {
  const responses = trackRequests();
  const parts = new WeakMap<ServerResponse, Map<string, string>>();
  documentMarkup.offered = {
    keep(html) {
      const response = responses.getStore();
      // Next's client requests part of a page, not a document.
      if (!response || response.req.headers.rsc !== undefined) return null;
      const ownParts = parts.get(response) ?? new Map<string, string>();
      parts.set(response, ownParts);
      const place = String(ownParts.size + 1);
      ownParts.set(place, html);
      return place;
    },
    find(place) {
      const response = responses.getStore();
      return (response && parts.get(response)?.get(place)) ?? null;
    },
  };
}
