/** What a request accepts: encodings (RFC 9110 §12.5.3), and whether it already has the answer (§13.1.2). */

export type Encoding = 'br' | 'gzip';

/** The best of the encodings that are accepted; null for the bytes as they are. */
export function encodingOf(accepted: string | undefined): Encoding | null {
  const weights = new Map(
    (accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
        const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
        return [name, weight === undefined ? 1 : Number(weight)] as const;
      }),
  );
  const weightOf = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gzip] = [weightOf('br'), weightOf('gzip')];
  if (!(br > 0 || gzip > 0)) return null;
  return br >= gzip ? 'br' : 'gzip';
}

/** Whether `If-None-Match` names the tag; tags are compared weakly. */
export function isKnown(known: string | undefined, etag: string): boolean {
  if (known === undefined || etag === '') return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag));
}
