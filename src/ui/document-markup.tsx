/** Where markup of a document lies: it stands in the HTML once, and not a second time in the data that React wakes up with. */

/** What the server offers while it makes a document; see platform/document-markup.ts. */
type DocumentMarkup = {
  /** Keeps markup for the running request's document and names its place; null when the answer is no document. */
  keep(html: string): string | null;
  find(place: string): string | null;
};

const key: unique symbol = Symbol.for('paper-digest.document-markup');
type Shared = typeof globalThis & { readonly [key]?: DocumentMarkup };

/** In a browser: what the document held when the page woke up, by its place. */
const held = new Map<string, string>();

/** Null where the markup must be sent along: to a page that is there already, and without our own server. */
export const keepMarkup = (html: string): string | null => (globalThis as Shared)[key]?.keep(html) ?? null;

export function findMarkup(place: string): string {
  if (typeof document === 'undefined') {
    const html = (globalThis as Shared)[key]?.find(place);
    if (html === null || html === undefined) throw new Error('The markup of this document got lost.');
    return html;
  }
  const html = held.get(place) ?? document.querySelector(`[data-place="${place}"]`)?.innerHTML ?? '';
  held.set(place, html);
  return html;
}
