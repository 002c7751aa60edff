/** Reads `Accept-Encoding` and `Accept` (RFC 9110 §12.5). */

export type Encoding = 'br' | 'gzip';

/** Returns the accepted encoding with the highest weight; null for none. */
export function encodingOf(field: string | undefined): Encoding | null {
  const weights = weightsOf(field);
  const weightOf = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gzip] = [weightOf('br'), weightOf('gzip')];
  if (!(br > 0 || gzip > 0)) return null;
  return br >= gzip ? 'br' : 'gzip';
}

/** Whether the field contains Markdown with a weight no lower than HTML's. */
export function prefersMarkdown(field: string | undefined): boolean {
  const weights = weightsOf(field);
  const markdown = weights.get('text/markdown') ?? 0;
  return markdown > 0 && markdown >= (weights.get('text/html') ?? weights.get('text/*') ?? weights.get('*/*') ?? 0);
}

/** Parses a list such as `gzip, br;q=0.5` into lower-case names and weights. */
function weightsOf(field = ''): ReadonlyMap<string, number> {
  return new Map(
    field
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
        const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
        return [name, weight === undefined ? 1 : Number(weight)] as const;
      }),
  );
}
