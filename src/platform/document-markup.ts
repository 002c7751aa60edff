/** Markup of the document that is being made, handed from the pages' components to those that write the HTML, beside React's data. */
import type { ServerResponse } from 'node:http';
import { trackResponses } from './page-status.ts';

const key = Symbol.for('paper-digest.document-markup');

/** Offers it to the pages, whose bundles look for it here. Call it before the server listens. */
export function offerDocumentMarkup(): void {
  const responses = trackResponses();
  const parts = new WeakMap<ServerResponse, Map<string, string>>();
  (globalThis as { [key: symbol]: unknown })[key] = {
    keep(html: string): string | null {
      const response = responses.getStore();
      // A part of a page that Next's client asks for is no document.
      if (!response || response.req.headers.rsc !== undefined) return null;
      const kept = parts.get(response) ?? new Map<string, string>();
      parts.set(response, kept);
      const place = String(kept.size + 1);
      kept.set(place, html);
      return place;
    },
    find(place: string): string | null {
      const response = responses.getStore();
      return (response && parts.get(response)?.get(place)) ?? null;
    },
  };
}
