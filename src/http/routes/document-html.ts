/** Markup of the document that is being made, handed from the pages' components to those that write the HTML, beside React's data. */
import type { ServerResponse } from 'node:http';
import { documentMarkup } from '#core/document-html.ts';
import { trackRequests } from './request-context.ts';

/** Offers it to the pages, whose bundles look for it here. Call it before the server listens. */
export function provideDocumentHtml(): void {
  const responses = trackRequests();
  const parts = new WeakMap<ServerResponse, Map<string, string>>();
  documentMarkup.offered = {
    keep(html) {
      const response = responses.getStore();
      // A part of a page that Next's client asks for is no document.
      if (!response || response.req.headers.rsc !== undefined) return null;
      const kept = parts.get(response) ?? new Map<string, string>();
      parts.set(response, kept);
      const place = String(kept.size + 1);
      kept.set(place, html);
      return place;
    },
    find(place) {
      const response = responses.getStore();
      return (response && parts.get(response)?.get(place)) ?? null;
    },
  };
}
