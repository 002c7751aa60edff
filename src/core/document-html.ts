/** Shares HTML between the server, which stores it for the current document, and the components, which produce it. */
import { processSingleton } from './process-singleton.ts';

type DocumentMarkup = {
  /** Stores HTML for the current request's document and returns its place. Null if the response is not a document. */
  keep(html: string): string | null;
  find(slot: string): string | null;
};

/** `offered` is null in a browser and without our own server. */
export const documentMarkup = processSingleton('document-markup', (): { offered: DocumentMarkup | null } => ({
  offered: null,
}));
