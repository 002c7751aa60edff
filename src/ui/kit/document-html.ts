/** Where markup of a document lies: it stands in the HTML once, and not a second time in the data that React wakes up with. */
import { documentMarkup } from '#core/document-html.ts';

/** In a browser: what the document held when the page woke up, by its place. */
const htmlBySlot = new Map<string, string>();

/** Null where the markup must be sent along: to a page that is there already, and without our own server. */
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
