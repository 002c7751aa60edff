/** Request smuggling (RFC 9112 § 11.2): two servers could parse these requests differently. */

const hidden = (host: string) => `GET /nothing/hidden HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

/** Invalid combinations of `Content-Length` and `Transfer-Encoding`. */
const framings: readonly (readonly [name: string, fields: (length: number) => string])[] = [
  ['CL and TE', (length) => `Content-Length: ${length}\r\nTransfer-Encoding: chunked\r\n`],
  ['TE and CL', (length) => `Transfer-Encoding: chunked\r\nContent-Length: ${length}\r\n`],
  ['two lengths', (length) => `Content-Length: 0\r\nContent-Length: ${length}\r\n`],
  ['a list of lengths', (length) => `Content-Length: 0, ${length}\r\n`],
  ['a length with a sign', (length) => `Content-Length: +${length}\r\n`],
  ['a negative length', () => 'Content-Length: -1\r\n'],
  ['a length in hex', (length) => `Content-Length: 0x${length.toString(16)}\r\n`],
  ['TE with a space before the colon', () => 'Transfer-Encoding : chunked\r\n'],
  ['TE on a folded line', () => 'Transfer-Encoding:\r\n chunked\r\n'],
  ['TE with a tab', () => 'Transfer-Encoding:\tchunked\r\n'],
  ['TE identity', (length) => `Transfer-Encoding: identity\r\nContent-Length: ${length}\r\n`],
  ['TE xchunked', (length) => `Transfer-Encoding: xchunked\r\nContent-Length: ${length}\r\n`],
  ['TE chunked twice', () => 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n'],
  ['TE chunked, identity', () => 'Transfer-Encoding: chunked, identity\r\n'],
  ['a bare LF', (length) => `X: y\nContent-Length: ${length}\r\n`],
  ['a bare CR', (length) => `X: y\rContent-Length: ${length}\r\n`],
  ['NUL in a field', (length) => `X: a\0b\r\nContent-Length: ${length}\r\n`],
];

/** Bodies with a hidden request. If it follows the last chunk, it is a valid second request with its own response. */
const bodies: readonly (readonly [name: string, body: (inner: string) => string, responsesMax: number])[] = [
  ['no chunks', (inner) => inner, 1],
  ['an empty last chunk first', (inner) => `0\r\n\r\n${inner}`, 2],
  ['a chunk extension', (inner) => `0;a=b\r\n\r\n${inner}`, 2],
];

const methods = ['POST', 'GET'];

export type SmuggledRequest = { readonly what: string; readonly bytes: string; readonly responsesMax: number };

export function smuggledRequests(host: string): readonly SmuggledRequest[] {
  const inner = hidden(host);
  return methods.flatMap((method) =>
    framings.flatMap(([framing, fields]) =>
      bodies.map(([name, body, responsesMax]) => ({
        what: `${method}, ${framing}, ${name}`,
        bytes: `${method} /papers HTTP/1.1\r\nHost: ${host}\r\n${fields(body(inner).length)}\r\n${body(inner)}`,
        responsesMax,
      })),
    ),
  );
}
