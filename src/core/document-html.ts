/** Lets components store the HTML of static islands with the response that the server writes for the same request. */
import { processSingleton } from './process-singleton.ts';

type DocumentMarkup = {
  /** Stores HTML for the current request's document. Returns its slot, or null if the response is not a document. */
  keep(html: string): string | null;
  find(slot: string): string | null;
};

/** `offered` is null in a browser, and on the server unless `entry/web.ts` provides it. */
export const documentMarkup = processSingleton('document-markup', (): { offered: DocumentMarkup | null } => ({
  offered: null,
}));
