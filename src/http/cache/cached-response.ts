/** A complete response. Each encoding of its body is computed once, when a client first accepts it. */
import { hash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { OriginResponse } from '#http/server/origin-client.ts';
import type { Encoding } from './content-negotiation.ts';
import { isRendered } from './script-policy.ts';

const compressors = {
  // Level 5 is as fast as gzip and 20 % smaller. Higher levels take longer than rendering the page.
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 6 }),
} satisfies Record<Encoding, (body: Buffer) => Promise<Buffer>>;

/** A smaller body is not worth compressing. */
const compressedBytesMin = 1000;
const compressible = /^(?:text\/|image\/svg|application\/(?:[\w.-]+\+)?(?:json|xml|javascript|x-javascript))/;

/** Headers that are computed for each response. */
const droppedHeaders = ['content-length', 'content-encoding', 'date', 'accept-ranges'];

/** Browsers may cache a page but must revalidate it each time. */
const alwaysRevalidate = 'no-cache';

export class CachedResponse {
  readonly status: number;
  readonly headers: Readonly<OutgoingHttpHeaders>;
  readonly isCompressible: boolean;
  readonly #body: Buffer;
  readonly #encoded = new Map<Encoding, Promise<Buffer>>();
  #bytes: number;

  constructor({ status, headers, body }: Omit<OriginResponse, 'revisions'>) {
    this.status = status;
    this.#body = body;
    this.#bytes = body.length;
    const type = String(headers['content-type'] ?? '');
    this.isCompressible = compressible.test(type) && body.length >= compressedBytesMin;
    this.headers = {
      ...Object.fromEntries(Object.entries(headers).filter(([name]) => !droppedHeaders.includes(name))),
      ...(compressible.test(type) ? { vary: addAcceptEncoding(headers.vary) } : {}),
    };
  }

  /** Memory of the body in all encodings computed so far. */
  get bytes(): number {
    return this.#bytes;
  }

  get etag(): string {
    return String(this.headers.etag ?? '');
  }

  async bodyIn(encoding: Encoding | null): Promise<Buffer> {
    if (encoding === null) return this.#body;
    let encoded = this.#encoded.get(encoding);
    if (!encoded) {
      encoded = compressors[encoding](this.#body);
      this.#encoded.set(encoding, encoded);
      this.#bytes += (await encoded).length;
    }
    return encoded;
  }
}

/**
 * Adds the entity tag, a digest of the body: it survives restarts and revisions that leave the page unchanged.
 * The tag is weak (RFC 9110 §8.8.1) because all encodings share it.
 */
export function toCachedResponse(rendered: OriginResponse): CachedResponse {
  const etag = `W/"${hash('sha256', rendered.body, 'base64url').slice(0, 22)}"`;
  const cacheControl = isRendered(rendered.headers) ? { 'cache-control': alwaysRevalidate } : {};
  return new CachedResponse({ ...rendered, headers: { ...rendered.headers, ...cacheControl, etag } });
}

/** Next marks every page `no-store`, so that field counts for other responses only. */
export function isCacheable(rendered: OriginResponse): boolean {
  return (
    rendered.status < 500 &&
    (isRendered(rendered.headers) || !/no-store|private/.test(String(rendered.headers['cache-control'] ?? 'no-store')))
  );
}

function addAcceptEncoding(vary: OutgoingHttpHeaders[string]): string {
  const names = [vary ?? []]
    .flat()
    .flatMap((text) => String(text).split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unique = new Map([...names, 'Accept-Encoding'].map((name) => [name.toLowerCase(), name]));
  return [...unique.values()].join(', ');
}
