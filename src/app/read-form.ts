/** A form sent to a route: small, and from our own pages only. */
import { AppError } from '#core/errors';

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

/** Throws `forbidden` when a browser says that another site than ours sent the form. */
export function refuseCrossSite({ headers, url }: Request, siteUrl: string): void {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const hosts = [headers.get('x-forwarded-host'), headers.get('host'), new URL(url).host, new URL(siteUrl).host];
  const isForeign =
    site === null ? origin !== null && !hosts.includes(URL.parse(origin)?.host ?? '') : site !== 'same-origin' && site !== 'none';
  if (isForeign) throw new AppError('forbidden', 'This form was sent from another site.');
}

/** Where to go after a form; the page there is asked for anew. */
export function goTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } });
}
