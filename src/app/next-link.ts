/** A page of a list whose next one is named in the `Link` header (RFC 8288). */
import type { Answer } from './api-route.ts';
import type { HfPage } from '#api/hf/daily-papers.ts';

/** Absolute, and with a space behind the semicolon: the clients that follow it understand nothing else. */
export function toNextLink({ body, next }: HfPage<unknown>): Answer {
  return { body, ...(next && { headers: { link: `<${next}>; rel="next"` } }) };
}
