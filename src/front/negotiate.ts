/** Which encodings a request accepts (RFC 9110 §12.5.3). */

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
