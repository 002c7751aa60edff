/** A line of text with highlights and formulas. Use it inside `StaticIsland`: elsewhere Trusted Types block MathML. */
import type { Segment } from '#view/text/text-segments.ts';

export function Segments({ parts }: { readonly parts: readonly Segment[] }) {
  return parts.map((part, index) => {
    // A line's segments never move, so an index is a stable key.
    const key = `${part.kind}${index}`;
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'mark':
        return <mark key={key}>{part.text}</mark>;
      case 'math':
        // Safe: KaTeX rendered this MathML with `trust` off, so every character of the formula is escaped.
        // biome-ignore lint/security/noDangerouslySetInnerHtml: see above
        return <span key={key} dangerouslySetInnerHTML={{ __html: part.mathml }} />;
      default:
        return part satisfies never;
    }
  });
}
