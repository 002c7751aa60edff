/** The joint between the server, which keeps the markup of the document that is being made, and the pages' components, which hand it over. */
import { processSingleton } from './process-singleton.ts';

type DocumentMarkup = {
  /** Keeps markup for the running request's document and names its place; null when the response is no document. */
  keep(html: string): string | null;
  find(place: string): string | null;
};

/** Null in a browser, and without our own server. */
export const documentMarkup = processSingleton('document-markup', (): { offered: DocumentMarkup | null } => ({
  offered: null,
}));
