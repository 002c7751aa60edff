/** The header or trailer that names the store revisions a response was rendered from: `12`, `12, none`. */
import type { IncomingMessage } from 'node:http';

export const revisionsField = 'paper-digest-revisions';

/** Null stands for an incomplete response, such as a search without its index. */
export const writeRevisions = (revisions: ReadonlySet<number | null>): string =>
  [...revisions].map((revision) => revision ?? 'none').join(', ') || 'any';

/** Returns an empty set if the response does not depend on the store, {null} if the field is missing. */
export function readRevisions({
  headers,
  trailers,
}: Pick<IncomingMessage, 'headers' | 'trailers'>): ReadonlySet<number | null> {
  const field = String(headers[revisionsField] ?? trailers[revisionsField] ?? 'none');
  if (field === 'any') return new Set();
  return new Set(field.split(', ').map((revision) => (revision === 'none' ? null : Number(revision))));
}
