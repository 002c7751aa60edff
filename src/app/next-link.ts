/** Adds the address of a list's next page as a `Link` header (RFC 8288). */

import type { HfPage } from '#api/hf/daily-papers.ts';
import type { ApiResponse } from './api-route.ts';

/** Clients of the Hugging Face API understand only an absolute URL and a space after the semicolon. */
export function toNextLink({ body, next }: HfPage<unknown>): ApiResponse {
  return { body, ...(next && { headers: { link: `<${next}>; rel="next"` } }) };
}
