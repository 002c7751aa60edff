/** The header or trailer field by which an answer says which revisions of the store it was made from: `12`, `12, none`. */
import type { IncomingMessage } from 'node:http';

export const revisionsField = 'paper-digest-revisions';

/** Null among them: something that may be better in a moment. */
export const writeRevisions = (revisions: ReadonlySet<number | null>): string =>
  [...revisions].map((revision) => revision ?? 'none').join(', ') || 'any';

/** Empty for an answer that was not made from the store; an answer that does not say it may be of any. */
export function readRevisions({
  headers,
  trailers,
}: Pick<IncomingMessage, 'headers' | 'trailers'>): ReadonlySet<number | null> {
  const field = String(headers[revisionsField] ?? trailers[revisionsField] ?? 'none');
  if (field === 'any') return new Set();
  return new Set(field.split(', ').map((revision) => (revision === 'none' ? null : Number(revision))));
}
