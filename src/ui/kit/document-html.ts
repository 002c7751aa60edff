/** Finds the HTML of a static island. It is in the document once. React's payload has only the number of its slot. */
import { documentMarkup } from '#core/document-html.ts';

/** In a browser: the islands' HTML by slot, read from the document during hydration. */
const htmlBySlot = new Map<string, string>();

/** Returns the slot. Null if the payload must contain the HTML: in client navigation, and without our own server. */
export const storeDocumentHtml = (html: string): string | null => documentMarkup.offered?.keep(html) ?? null;

export function findDocumentHtml(slot: string): string {
  if (typeof document === 'undefined') {
    const html = documentMarkup.offered?.find(slot);
    if (html === null || html === undefined) throw new Error('The markup of this document got lost.');
    return html;
  }
  const html = htmlBySlot.get(slot) ?? document.querySelector(`[data-place="${slot}"]`)?.innerHTML ?? '';
  htmlBySlot.set(slot, html);
  return html;
}
