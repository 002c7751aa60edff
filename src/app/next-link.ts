/** A page of a list whose next one is named in the `Link` header (RFC 8288). */

import type { HfPage } from '#api/hf/daily-papers.ts';
import type { ApiResponse } from './api-route.ts';

/** Absolute, and with a space behind the semicolon: the clients that follow it understand nothing else. */
export function toNextLink({ body, next }: HfPage<unknown>): ApiResponse {
  return { body, ...(next && { headers: { link: `<${next}>; rel="next"` } }) };
}
