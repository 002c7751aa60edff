/** Reads forms and rejects those that pages of other sites send. */
import { AppError } from '#core/errors.ts';
import { isOwnOrigin } from '#core/web-origin.ts';

const bytesMax = 20_000;

/** Throws `too_large`. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new AppError('too_large', 'This form is longer than any of ours.');
    chunks.push(chunk);
  }
  return new URLSearchParams(new TextDecoder().decode(Buffer.concat(chunks)));
}

/**
 * Throws `forbidden` unless a page of this site sent the form: by `Sec-Fetch-Site`, or, if it is missing as on plain
 * HTTP, by `Origin`. A request with neither field may come from anywhere.
 */
export function refuseCrossSite({ headers }: Request, siteUrl: string): void {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const isOwn =
    site === null ? origin !== null && isOwnOrigin(origin, headers.get('host') ?? '', siteUrl) : site === 'same-origin';
  if (!isOwn)
    throw new AppError(
      'forbidden',
      'This form was not sent by a page of this site. Please open the page here and send it again.',
    );
}

/** Redirects after a form (303). The browser fetches the target anew. */
export function goTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } });
}
