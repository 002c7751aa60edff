/** A line of text with its marked parts and formulas, inside a static part: a browser takes markup from nothing else. */
import type { Segment } from '#view/text/text-segments.ts';

export function Segments({ parts }: { readonly parts: readonly Segment[] }) {
  return parts.map((part, index) => {
    // A line never changes its parts in place, so their places are their keys.
    const key = `${part.kind}${index}`;
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'mark':
        return <mark key={key}>{part.text}</mark>;
      case 'math':
        // Safe: the string is KaTeX's own MathML, made with `trust` off; KaTeX escapes every character of the formula, and
        // no other part of a segment is ever taken for markup.
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the one place where markup is not made by React
        return <span key={key} dangerouslySetInnerHTML={{ __html: part.mathml }} />;
      default:
        return part satisfies never;
    }
  });
}
